package tr.emanet.signature;

/**
 * Something that can be signed.
 *
 * @param kind such as {@code root}
 * @param id within its kind
 * @param fileName under which it is downloaded
 * @param content its bytes; callers must not change them
 */
public record SignableObject(String kind, String id, String fileName, byte[] content) {}
