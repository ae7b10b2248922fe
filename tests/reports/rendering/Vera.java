import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.InputStreamReader;
import java.util.Map;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Asks veraPDF: `java Vera ua1,3a` reads one file name a line and answers with a line a flavour, and an empty one. */
public class Vera {
  public static void main(String[] arguments) throws Exception {
    java.util.logging.LogManager.getLogManager().reset();
    VeraGreenfieldFoundryProvider.initialise();
    BufferedReader files = new BufferedReader(new InputStreamReader(System.in));
    for (String file = files.readLine(); file != null; file = files.readLine()) {
      for (String name : arguments[0].split(",")) System.out.println(line(file, name));
      System.out.println();
      System.out.flush();
    }
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
