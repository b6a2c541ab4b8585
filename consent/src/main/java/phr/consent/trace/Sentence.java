package phr.consent.trace;

/** One sentence in Japanese and in English. */
public record Sentence(String ja, String en) {}
