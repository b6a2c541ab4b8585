package phr.deploy.postgres;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import phr.deploy.machine.Command;
import phr.deploy.machine.StartupException;

/**
 * As whom PostgreSQL runs: as the user of this process, or, since PostgreSQL refuses root, as somebody without rights.
 *
 * @param prefix words before each command; empty for the user of this process
 * @param owner who owns the data, as {@code chown} takes it
 */
record Identity(List<String> prefix, String owner) {

    /** Whether a user namespace may be used; containers often forbid it. */
    enum Namespaces {
        ALLOWED,
        AVOIDED
    }

    /**
     * Chooses the first way that can write to the directory, and hands the directory over to it.
     *
     * @param directory exists and belongs to PostgreSQL alone
     */
    static Identity choose(Path directory, Namespaces namespaces) {
        UnixSystem user = new UnixSystem();
        if (user.getUid() != 0) {
            return new Identity(List.of(), user.getUid() + ":" + user.getGid());
        }
        for (Identity candidate : candidates(namespaces)) {
            if (candidate.owns(directory)) {
                return candidate;
            }
        }
        throw new StartupException(
                "PostgreSQL does not run as root, and there is no way here to run it as somebody else for " + directory
                        + ".",
                "Start it as an ordinary user; or install util-linux (unshare, setpriv, runuser) and put the"
                        + " directory where the user \"nobody\" can reach it.");
    }

    List<String> command(String program, String... arguments) {
        List<String> words = new ArrayList<>(prefix);
        words.add(program);
        words.addAll(List.of(arguments));
        return words;
    }

    /** Makes the files of the server its own; needed when an earlier start ran as somebody else. */
    void own(Path path) {
        int wanted = Integer.parseInt(owner.substring(0, owner.indexOf(':')));
        try {
            if (!Files.getAttribute(path, "unix:uid").equals(wanted)) {
                Command.run(List.of("chown", "-R", owner, path.toString()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean owns(Path directory) {
        own(directory);
        return Command.run(command("test", "-w", directory.toString())).succeeded();
    }

    private static List<Identity> candidates(Namespaces namespaces) {
        String user = Stream.of("postgres", "nobody")
                .filter(name -> id("-u", name).matches("\\d+"))
                .findFirst()
                .orElse("nobody");
        String owner = id("-u", user) + ":" + id("-g", user);
        List<Identity> candidates = new ArrayList<>();
        if (namespaces == Namespaces.ALLOWED) {
            candidates.add(new Identity(List.of("unshare", "-U", "--"), "0:0"));
        }
        if (!owner.matches("\\d+:\\d+")) {
            return candidates;
        }
        candidates.add(new Identity(unprivilegedButReaching(owner), owner));
        candidates.add(new Identity(List.of("runuser", "-u", user, "--"), owner));
        candidates.add(new Identity(List.of("su", "-s", "/bin/sh", user, "-c", "exec \"$@\"", "--", "sh"), owner));
        return candidates;
    }

    /** Without any right of root but one: to pass through the directories of root on the way to the data. */
    private static List<String> unprivilegedButReaching(String owner) {
        String[] ids = owner.split(":", 2);
        String only = "-all,+dac_override";
        return List.of(
                "setpriv",
                // Programs check their files with access(2), which forgets the right otherwise.
                "--securebits=+no_setuid_fixup",
                "--reuid=" + ids[0],
                "--regid=" + ids[1],
                "--clear-groups",
                "--inh-caps=" + only,
                "--ambient-caps=" + only,
                "--bounding-set=" + only,
                "--");
    }

    private static String id(String option, String user) {
        Command id = Command.run(List.of("id", option, user));
        return id.succeeded() ? id.output().strip() : "";
    }
}
