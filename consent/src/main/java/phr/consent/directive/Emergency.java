package phr.consent.directive;

import java.util.Locale;

/** May a valid emergency ground override this deny? The person answers when she writes it. */
public enum Emergency {
    ALLOWED,
    NEVER;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
