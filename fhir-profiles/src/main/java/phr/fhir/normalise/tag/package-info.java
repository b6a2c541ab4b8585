/**
 * A fast reader of flat XML: tags and attributes of large exports, without a tree and without a text per attribute.
 *
 * <p>Documents with mixed content, namespaces or another encoding than UTF-8 are not for it.
 */
@NullMarked
package phr.fhir.normalise.tag;

import org.jspecify.annotations.NullMarked;
