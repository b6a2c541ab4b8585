/**
 * The two ledgers that a person may demand (第三者提供記録 and 受領記録; APPI 29, 30, 33; consent-semantics.md §16.3), as JSON, CSV
 * and page.
 *
 * <p>Made from the access log and nothing else; no second record is kept that could differ from it.
 *
 * <p>One record per access. Two things are folded: further pages of one search under its first, and the accesses of a system
 * without a user (technical accesses of an intermediary) to one batch per month with first and last day.
 */
@NullMarked
package phr.gateway.ledgers;

import org.jspecify.annotations.NullMarked;
