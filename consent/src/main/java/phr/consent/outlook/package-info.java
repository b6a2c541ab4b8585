/**
 * Who can see what (誰に何が見えるか) of one person, worked out by the decision engine over compiled policies, never over data
 * (consent-semantics.md §16.4, form of a person). Pure.
 */
@NullMarked
package phr.consent.outlook;

import org.jspecify.annotations.NullMarked;
