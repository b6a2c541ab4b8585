package phr.fhir.normalise.lifelog;

import phr.fhir.normalise.KeptOriginal;

/**
 * What a table says of the files it reads.
 *
 * @param title for people, in Japanese
 * @param type code of the document in {@code http://phr.or.jp/fhir/CodeSystem/document-type}
 * @param importer the table and its version
 */
public record RecordDescription(String title, String type, KeptOriginal.Importer importer) {}
