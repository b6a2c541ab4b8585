package phr.portability;

/**
 * A file below {@code data/consents}: a receipt or the text of a policy that was shown.
 *
 * @param path {@code receipts/{name}.json}, {@code receipts/{name}.jws} or {@code policy-texts/{name}.md}; ASCII
 */
public record ConsentFile(String path, byte[] content) {}
