/** The rows of consent-semantics.md §18 to §20: over HTTP, and that none is without a test. */
@org.jspecify.annotations.NullMarked
package phr.gateway.pitfalls;
