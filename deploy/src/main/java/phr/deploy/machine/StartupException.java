package phr.deploy.machine;

import java.io.Serial;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A part cannot start. The message says which, why, and on its last line what to do. */
public final class StartupException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * @param what what happened, one sentence
     * @param remedy what the reader can do about it, one sentence
     */
    public StartupException(String what, String remedy) {
        this(what, remedy, null);
    }

    public StartupException(String what, String remedy, @Nullable Throwable cause) {
        super(what + System.lineSeparator() + "What to do: " + remedy, cause);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
