/** The data that are sent, the same to every server: generated from seeds, of invented people. */
@NullMarked
package phr.deploy.bench.data;

import org.jspecify.annotations.NullMarked;
