/**
 * What a person writes: directives, their JSON, their lint, and the purposes they name (consent-semantics.md §4.1, §5–§7,
 * §16.4, §17.4).
 *
 * <p>Words only: what a directive means for a request is decided in {@code engine}; no storage here.
 */
@NullMarked
package phr.consent.directive;

import org.jspecify.annotations.NullMarked;
