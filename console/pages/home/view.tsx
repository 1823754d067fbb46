import { Navigate } from '@tanstack/react-router';

/** Until there is a page of what is to be done, everybody begins with the orders. */
export default function HomePage() {
  return <Navigate to="/orders" replace />;
}
