package phr.deploy.demo;

/**
 * One step of the journey.
 *
 * @param name key of its expectations
 * @param title said to the reader
 */
record Step(String name, String title, Action action) {

    /** What happens in it. */
    @FunctionalInterface
    interface Action {
        void run() throws Exception;
    }
}
