package phr.consent.outlook;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import phr.consent.directive.Directive;
import phr.consent.directive.Elements;
import phr.consent.directive.ExceptionClause;
import phr.consent.directive.Grantee;

/** Somebody whom a directive names, and a purpose: what is asked about. */
public record Sight(Grantee grantee, String purpose) implements Comparable<Sight> {

    private static final Comparator<Sight> ORDER =
            Comparator.comparing(Sight::grantee).thenComparing(Sight::purpose);

    /** Stands for a deny that closes every purpose. */
    private static final String TREATMENT = "TREAT";

    /** Everybody whom these directives name, each with the purposes of the directives that name her. */
    public static SortedSet<Sight> of(List<Directive> directives) {
        SortedSet<Sight> sights = new TreeSet<>();
        for (Directive directive : directives) {
            Set<String> purposes = directive.base().purposes();
            add(directive.base(), purposes, sights);
            for (ExceptionClause exception : directive.exceptions()) {
                add(exception.elements(), purposes, sights);
            }
        }
        return sights;
    }

    private static void add(Elements elements, @Nullable Set<String> inherited, Set<Sight> sights) {
        Set<String> own = elements.purposes() == null ? inherited : elements.purposes();
        Stream.ofNullable(elements.grantees())
                .flatMap(Set::stream)
                .filter(grantee -> grantee.kind() != Grantee.Kind.ANY)
                .forEach(grantee -> (own == null ? Set.of(TREATMENT) : own)
                        .forEach(purpose -> sights.add(new Sight(grantee, purpose))));
    }

    @Override
    public int compareTo(Sight other) {
        return ORDER.compare(this, other);
    }
}
