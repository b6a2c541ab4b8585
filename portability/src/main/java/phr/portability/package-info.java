/**
 * The whole record in one file, out and in (ポータビリティ): exporter, importer, and the sockets {@link
 * phr.portability.RecordSource} and {@link phr.portability.RecordSink} that the gateway plugs (phr-package.md).
 *
 * <p>Knows formats. No HTTP, no database and no consent decision may live here or below: a source yields only what is permitted.
 */
@NullMarked
package phr.portability;

import org.jspecify.annotations.NullMarked;
