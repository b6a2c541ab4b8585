/** Tests of the columns that samples are packed in. */
@NullMarked
package phr.gateway.record.series;

import org.jspecify.annotations.NullMarked;
