package phr.consent.directive;

import java.util.List;

/** Which data: the explicit value ALL, or one of the selectors matches. */
public record Selectors(boolean all, List<Selector> list) {

    public static final Selectors ALL = new Selectors(true, List.of());

    public Selectors {
        list = List.copyOf(list);
    }

    public static Selectors of(Selector... list) {
        return new Selectors(false, List.of(list));
    }
}
