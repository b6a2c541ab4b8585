/**
 * Pages for people: written as a stream, every value escaped, readable without scripts, on paper and by screen readers.
 *
 * <p>What a page says is decided where the data are; here is only how.
 */
@NullMarked
package phr.gateway.pages;

import org.jspecify.annotations.NullMarked;
