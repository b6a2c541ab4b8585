package phr.gateway.web;

/** A stack trace without messages: database drivers and parsers quote values in theirs. */
final class Trace {

    private static final int FRAMES = 12;
    private static final int CAUSES = 5;

    private Trace() {}

    static String of(Throwable thrown) {
        StringBuilder text = new StringBuilder();
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < CAUSES; depth++) {
            text.append(depth == 0 ? "" : " caused by ").append(cause.getClass().getName());
            StackTraceElement[] frames = cause.getStackTrace();
            for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
                text.append("\n\tat ").append(frames[i]);
            }
            cause = cause.getCause();
        }
        return text.toString();
    }
}
