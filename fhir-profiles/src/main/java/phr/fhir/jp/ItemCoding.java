package phr.fhir.jp;

import org.jspecify.annotations.Nullable;

/**
 * What one generation of the item table says of an item.
 *
 * @param name display name, never a key
 * @param answerOid OID of the answer list (CD, CO), without {@code urn:oid:}
 * @param methodCode method code of ten characters
 */
public record ItemCoding(
        String name, @Nullable String answerOid, @Nullable String methodCode) {}
