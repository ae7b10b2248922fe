import java.io.FileInputStream;
import java.util.Map;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Asks veraPDF: `java Vera ua1,3a FILE...` prints one line per file and flavour: name, flavour, verdict, failed rules. */
public class Vera {
  public static void main(String[] arguments) throws Exception {
    java.util.logging.LogManager.getLogManager().reset();
    VeraGreenfieldFoundryProvider.initialise();
    for (int i = 1; i < arguments.length; i++)
      for (String name : arguments[0].split(",")) System.out.println(line(arguments[i], name));
  }

  static String line(String file, String name) throws Exception {
    PDFAFlavour flavour = PDFAFlavour.fromString(name);
    try (PDFAParser parser = Foundries.defaultInstance().createParser(new FileInputStream(file), flavour)) {
      PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false);
      ValidationResult result = validator.validate(parser);
      Map<String, Integer> failed = new TreeMap<>();
      for (TestAssertion assertion : result.getTestAssertions())
        if (assertion.getStatus() == TestAssertion.Status.FAILED)
          failed.merge(assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber(), 1, Integer::sum);
      return file + "\t" + name + "\t" + (result.isCompliant() ? "compliant" : "fails") + "\t" + String.join(",", failed.keySet());
    }
  }
}
