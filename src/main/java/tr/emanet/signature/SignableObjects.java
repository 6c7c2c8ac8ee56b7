package tr.emanet.signature;

import java.io.IOException;
import java.util.Optional;

/** Where objects come from. Safe for many threads. */
public interface SignableObjects {

  /**
   * @return empty when there is no such object
   * @throws IOException when it is there and cannot be read
   */
  Optional<SignableObject> find(String kind, String id) throws IOException;
}
