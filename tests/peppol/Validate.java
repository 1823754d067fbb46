import com.helger.io.resource.FileSystemResource;
import com.helger.phive.api.execute.ValidationExecutionManager;
import com.helger.phive.api.executorset.ValidationExecutorSetRegistry;
import com.helger.phive.api.validity.IValidityDeterminator;
import com.helger.phive.peppol.PeppolValidation;
import com.helger.phive.peppol.PeppolValidation2026_05;
import com.helger.phive.xml.source.IValidationSourceXML;
import com.helger.phive.xml.source.ValidationSourceXML;
import java.io.File;
import java.nio.file.Files;
import java.util.Locale;

/** Holds each file against the Peppol rules; prints "file, level, rule, text", by tabs, for everything that they say of it. */
class Validate {
  public static void main(String[] files) throws Exception {
    var registry = new ValidationExecutorSetRegistry<IValidationSourceXML>();
    PeppolValidation.initStandard(registry);
    for (String file : files) {
      boolean isCredit = Files.readString(new File(file).toPath()).contains("<CreditNote");
      var rules = registry.getOfID(isCredit
        ? PeppolValidation2026_05.VID_OPENPEPPOL_CREDIT_NOTE_UBL_V3
        : PeppolValidation2026_05.VID_OPENPEPPOL_INVOICE_UBL_V3);
      var results = ValidationExecutionManager.executeValidation(
        IValidityDeterminator.createDefault(), rules, ValidationSourceXML.create(new FileSystemResource(new File(file))), Locale.US);
      int layers = 0;
      for (var result : results) {
        if (!result.isSkipped()) layers++;
        for (var error : result.getErrorList()) {
          String text = error.getErrorText(Locale.US);
          System.out.println(file + "\t" + error.getErrorLevel().getID() + "\t" + error.getErrorID() + "\t"
            + (text == null ? "" : text.replaceAll("\\s+", " ")));
        }
      }
      System.out.println(file + "\tlayers\t" + layers + "\t");
    }
  }
}
