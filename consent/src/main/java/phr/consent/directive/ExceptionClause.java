package phr.consent.directive;

/** An exception of a directive: tested only inside the base, and then its effect replaces the base's (consent-semantics.md §4.4). */
public record ExceptionClause(Effect effect, Elements elements) {}
