package phr.gateway.pages;

import jakarta.ws.rs.core.HttpHeaders;
import java.util.Locale;

/** The languages in which people are spoken to. */
public enum Language {
    JAPANESE("ja"),
    ENGLISH("en");

    private final String code;

    Language(String code) {
        this.code = code;
    }

    /** The first of {@code Accept-Language} that is spoken here; else Japanese. */
    public static Language of(HttpHeaders headers) {
        for (Locale wanted : headers.getAcceptableLanguages()) {
            for (Language language : values()) {
                if (wanted.getLanguage().equals(language.code)) {
                    return language;
                }
            }
        }
        return JAPANESE;
    }

    public String code() {
        return code;
    }

    /** The text in this language. */
    public String say(String japanese, String english) {
        return this == JAPANESE ? japanese : english;
    }
}
