/**
 * Small pure functions on Japanese text: era dates (和暦), kana width, legacy charsets; and the tables of facts among the resources.
 *
 * <p>No FHIR resources are built here.
 */
@NullMarked
package phr.fhir.text;

import org.jspecify.annotations.NullMarked;
