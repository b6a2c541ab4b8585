package phr.consent;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a research project says about itself, in GA4GH DUO codes of seven digits (consent-semantics.md §7.3).
 *
 * @param term what the research is: {@code 0000042} (any), {@code 0000006} (health), {@code 0000007} (one disease) or {@code
 *     0000011} (ancestry)
 * @param disease {@code system|code} of the disease of {@code 0000007}
 * @param facts answers to limits: {@code true}, {@code false}, or the region, institution, project or user; a limit that is not
 *     a key has no answer
 */
public record Research(@Nullable String term, @Nullable String disease, Map<String, String> facts) {

    public Research {
        facts = Map.copyOf(facts);
    }
}
