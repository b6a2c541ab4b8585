package phr.gateway.record;

import java.io.InputStream;
import phr.fhir.Sha256;

/** An original as received. The stream must be closed. */
public record OriginalFile(String kind, String mediaType, long size, Sha256 sha256, InputStream content) {}
