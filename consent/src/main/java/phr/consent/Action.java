package phr.consent;

/** What the caller wants to do (consent-semantics.md §7.4). */
public enum Action {
    READ("read"),
    KEEP("keep"),
    USE("use"),
    DISCLOSE("disclose"),
    CONTRIBUTE("contribute"),
    CORRECT("correct"),
    SUBSCRIBE("subscribe"),
    EXPORT("export");

    private final String code;

    Action(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }
}
