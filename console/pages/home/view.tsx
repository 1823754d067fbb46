import { Navigate } from '@tanstack/react-router';

/** Customers begin with their orders. */
export default function HomePage() {
  return <Navigate to="/orders" replace />;
}
