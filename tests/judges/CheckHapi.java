import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;

/**
 * Judges FHIR R4 documents by the HAPI FHIR validator, offline: structure, cardinalities, invariants, references within a
 * bundle, required codes. Extensions of others' guides are allowed, as the guides are not here.
 *
 * <pre>CheckHapi CLEAN FILE...    a file holds one document, or one a line (.ndjson)</pre>
 *
 * CLEAN is a folder that keeps the digests of documents without an error: they are not judged again. Prints how many
 * documents there are, how many of them were judged now, and how many errors they have; before that each error with its
 * place and the rule's name, without a value. Exit code 1 if there is one.
 */
public final class CheckHapi {
  private static FhirValidator validator;

  private static FhirValidator validator() {
    if (validator == null) {
      FhirContext context = FhirContext.forR4();
      FhirInstanceValidator rules = new FhirInstanceValidator(new ValidationSupportChain(
          new DefaultProfileValidationSupport(context), new CommonCodeSystemsTerminologyService(context),
          new InMemoryTerminologyServerValidationSupport(context)));
      rules.setAnyExtensionsAllowed(true);
      validator = context.newValidator().registerValidatorModule(rules);
    }
    return validator;
  }

  private static int errors(String where, String document) {
    int errors = 0;
    for (SingleValidationMessage message : validator().validateWithResult(document).getMessages()) {
      if (message.getSeverity().ordinal() < ResultSeverityEnum.ERROR.ordinal()) continue;
      ++errors;
      System.out.println(where + ": " + message.getLocationString() + ": " + message.getMessageId());
    }
    return errors;
  }

  public static void main(String[] arguments) throws Exception {
    Path clean = Files.createDirectories(Path.of(arguments[0]));
    int documents = 0;
    int judged = 0;
    int errors = 0;
    for (int i = 1; i < arguments.length; ++i) {
      String text = Files.readString(Path.of(arguments[i]));
      int line = 0;
      for (String document : arguments[i].endsWith(".ndjson") ? text.split("\n") : new String[] {text}) {
        ++line;
        if (document.isBlank()) continue;
        ++documents;
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(document.getBytes(StandardCharsets.UTF_8));
        Path known = clean.resolve(HexFormat.of().formatHex(digest));
        if (Files.exists(known)) continue;
        ++judged;
        int found = errors(arguments[i] + ":" + line, document);
        if (found == 0) Files.writeString(known, "");
        errors += found;
      }
    }
    System.out.println("documents=" + documents + " judged=" + judged + " errors=" + errors);
    System.exit(errors == 0 ? 0 : 1);
  }
}
