import java.io.FileInputStream;
import java.io.InputStream;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Asks veraPDF whether a file is PDF/A-2u and PDF/UA-1; one line an answer and a finding. */
class Ask {

  public static void main(String[] files) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    for (String file : files) {
      for (String flavour : new String[] {"2u", "ua1"}) {
        PDFAFlavour wanted = PDFAFlavour.fromString(flavour);
        try (InputStream in = new FileInputStream(file);
            PDFAParser parser = Foundries.defaultInstance().createParser(in, wanted);
            PDFAValidator validator = Foundries.defaultInstance().createValidator(wanted, false)) {
          ValidationResult result = validator.validate(parser);
          for (TestAssertion one : result.getTestAssertions()) {
            if (one.getStatus() == TestAssertion.Status.FAILED) {
              System.out.println(one.getRuleId().getClause() + " " + one.getMessage());
            }
          }
          System.out.println(flavour + " compliant " + result.isCompliant());
        }
      }
    }
  }
}
