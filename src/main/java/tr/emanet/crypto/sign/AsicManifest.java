package tr.emanet.crypto.sign;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * A manifest of an ASiC-E container, read without document types or anything from outside.
 *
 * @param signature name of the signature file
 * @param objects name of an object to its digest, in the order of the manifest
 */
record AsicManifest(String signature, Map<String, Reference> objects) {

  /**
   * What a manifest says of an object.
   *
   * @param algorithm {@code SHA-256} or {@code SHA-512}
   */
  record Reference(String algorithm, byte[] digest) {}

  private static final Map<String, String> ALGORITHMS =
      Map.of(AsicContainer.SHA256, "SHA-256", "http://www.w3.org/2001/04/xmlenc#sha512", "SHA-512");

  static AsicManifest read(byte[] xml) throws IOException {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      var builder = factory.newDocumentBuilder();
      builder.setErrorHandler(null);
      Element root = builder.parse(new ByteArrayInputStream(xml)).getDocumentElement();
      if (!"ASiCManifest".equals(root.getLocalName())
          || !AsicContainer.ASIC.equals(root.getNamespaceURI())) {
        throw new IOException("its manifest is no ASiCManifest");
      }
      Map<String, Reference> objects = new LinkedHashMap<>();
      NodeList all = root.getElementsByTagNameNS(AsicContainer.ASIC, "DataObjectReference");
      if (all.getLength() == 0 || all.getLength() > AsicContainer.MAX_OBJECTS) {
        throw new IOException("its manifest names " + all.getLength() + " objects");
      }
      for (int i = 0; i < all.getLength(); i++) {
        Element one = (Element) all.item(i);
        if (objects.put(name(one), reference(one)) != null) {
          throw new IOException("its manifest names '" + name(one) + "' twice");
        }
      }
      return new AsicManifest(name(only(root, AsicContainer.ASIC, "SigReference")), objects);
    } catch (ParserConfigurationException | SAXException | IllegalArgumentException e) {
      throw new IOException("its manifest cannot be read: " + e.getMessage(), e);
    }
  }

  private static Reference reference(Element one) throws IOException {
    String method = only(one, AsicContainer.DS, "DigestMethod").getAttribute("Algorithm");
    String algorithm = ALGORITHMS.get(method);
    if (algorithm == null) {
      throw new IOException("digest method '" + method + "' is not accepted");
    }
    String value = only(one, AsicContainer.DS, "DigestValue").getTextContent().strip();
    return new Reference(algorithm, Base64.getDecoder().decode(value));
  }

  private static Element only(Element parent, String space, String name) throws IOException {
    NodeList found = parent.getElementsByTagNameNS(space, name);
    if (found.getLength() != 1) {
      throw new IOException("its manifest has " + found.getLength() + " " + name);
    }
    return (Element) found.item(0);
  }

  private static String name(Element one) {
    // A plus is itself in a URI, unlike in a form.
    return URLDecoder.decode(one.getAttribute("URI").replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
