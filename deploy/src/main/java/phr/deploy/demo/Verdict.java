package phr.deploy.demo;

import java.util.List;

/** Counts which expectations hold. */
final class Verdict {

    private final Narrator narrator;
    private final Expectations expectations;
    private int held;
    private int broken;

    Verdict(Narrator narrator, Expectations expectations) {
        this.narrator = narrator;
        this.expectations = expectations;
    }

    /** Compares what a step has answered, and says so. */
    void judge(String step, Answers answers) {
        List<Expectation> list = expectations.of(step);
        narrator.say("");
        for (Expectation expectation : list) {
            if (expectation.holds(answers)) {
                held++;
                narrator.say("  ✔ " + expectation.name());
            } else {
                broken++;
                narrator.say("  ✘ " + expectation.name() + ": " + expectation.difference(answers));
            }
        }
    }

    /** A step that could not be finished breaks all its expectations. */
    void broken(String step, String why) {
        broken += expectations.of(step).size();
        narrator.say("  ✘ step " + step + " cannot be finished: " + why);
    }

    boolean good() {
        return broken == 0 && held > 0;
    }

    String summary() {
        return held + " of " + (held + broken) + " expectations hold.";
    }
}
