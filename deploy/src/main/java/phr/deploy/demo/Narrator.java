package phr.deploy.demo;

import java.io.PrintStream;
import java.util.function.Supplier;

/** Speaks to the person in front of the terminal. */
final class Narrator {

    private final PrintStream out;

    Narrator(PrintStream out) {
        this.out = out;
    }

    void say(String line) {
        out.println(line);
        out.flush();
    }

    void heading(String text) {
        say("");
        say("── " + text + " " + "─".repeat(Math.max(3, 100 - text.length())));
    }

    /** Says what is done, does it, says how long it took. */
    <T> T progress(String what, Supplier<T> work) {
        out.print(what + " … ");
        out.flush();
        long begin = System.nanoTime();
        T result = work.get();
        say("ready (%.1f s)".formatted((System.nanoTime() - begin) / 1e9));
        return result;
    }

    void show(Request request, String origin, Answer answer) {
        say("");
        say("$ " + request.curl(origin));
        say(answer.status() + " " + answer.reason() + "  (" + answer.milliseconds() + " ms)");
        String body = answer.shortened();
        if (!body.isEmpty()) {
            say(body);
        }
    }
}
