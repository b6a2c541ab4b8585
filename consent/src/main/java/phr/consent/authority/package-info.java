/**
 * People who act for others: registration, verification, suspension, end; what they may do in the consent ledger
 * (consent-semantics.md §9, §10.2). Append only.
 *
 * <p>Whether an authority works at an instant is computed by {@link phr.consent.lifecourse.Authority}, never stored.
 */
@NullMarked
package phr.consent.authority;

import org.jspecify.annotations.NullMarked;
