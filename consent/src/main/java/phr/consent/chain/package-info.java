/**
 * Insert-only rows that are hash-chained per person (consent-semantics.md §9): their columns, how a row is appended, how a chain is
 * checked.
 *
 * <p>What the rows mean is not known here.
 */
@NullMarked
package phr.consent.chain;

import org.jspecify.annotations.NullMarked;
