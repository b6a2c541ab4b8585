package phr.deploy.demo;

import java.util.List;
import java.util.Map;
import phr.deploy.machine.Ports;
import phr.deploy.machine.StartupException;

/**
 * How the demo was called.
 *
 * @param check compare every answer, then stop
 * @param fresh forget earlier data first
 * @param help only say what can be given
 */
record Options(boolean check, boolean fresh, boolean help, int portA, int portB, int portKeycloak) {

    static final String USAGE = """
            deploy/demo            start everything, show the main job, stay up until Ctrl-C; data are kept in .phr/
            deploy/demo --fresh    the same, but begin anew
            deploy/demo --check    in a temporary directory and on free ports: compare every answer, stop, exit 1 on a difference

            Environment: PHR_PORT_A (8081), PHR_PORT_B (8082), PHR_PORT_KEYCLOAK (8180), PHR_CACHE (~/.cache/phr)
            """;

    static Options parse(List<String> arguments, Map<String, String> environment) {
        for (String argument : arguments) {
            if (!List.of("--check", "--fresh", "--help", "-h").contains(argument)) {
                throw new StartupException("Unknown option " + argument + ".", "deploy/demo --help lists the options.");
            }
        }
        boolean check = arguments.contains("--check");
        return new Options(
                check,
                arguments.contains("--fresh"),
                arguments.contains("--help") || arguments.contains("-h"),
                port("PHR_PORT_A", 8081, check, environment),
                port("PHR_PORT_B", 8082, check, environment),
                port("PHR_PORT_KEYCLOAK", 8180, check, environment));
    }

    /** A check must not collide with a demo that is up: it takes free ports unless told otherwise. */
    private static int port(String setting, int usual, boolean check, Map<String, String> environment) {
        String wanted = environment.getOrDefault(setting, "");
        if (wanted.isBlank()) {
            return check ? Ports.free() : usual;
        }
        if (!wanted.matches("\\d{1,5}") || Integer.parseInt(wanted) < 1 || Integer.parseInt(wanted) > 65_535) {
            throw new StartupException(setting + " is not a port number.", "Give a number from 1 to 65535.");
        }
        return Integer.parseInt(wanted);
    }
}
