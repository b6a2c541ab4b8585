package phr.gateway;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.ws.rs.Path;
import java.nio.charset.Charset;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phr.consent.Permit;
import phr.consent.PermitIssuer;
import phr.fhir.normalise.Normalised;
import phr.fhir.validate.Validated;
import phr.gateway.record.RecordStore;

/** The house rules, over the classes of all modules. */
class HouseRulesTest {

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(HouseRulesTest::isProduct)
            .importPackages("phr");

    /** Runs work in one transaction; the work needs permits for whatever it does in it. */
    private static final String OPENS_A_TRANSACTION_ONLY = "together";

    private static boolean isProduct(Location location) {
        return !location.contains("-tests.jar") && !location.contains("/test-classes/");
    }

    @Test
    void every_module_is_looked_at() {
        Set<String> rooms = new TreeSet<>();
        HOUSE.forEach(type -> rooms.add(type.getPackageName().split("\\.", 3)[1]));
        assertEquals(Set.of("consent", "deploy", "fhir", "gateway", "portability"), rooms);
    }

    @Test
    void arrows_point_down_only() {
        below("phr.fhir..", "phr.consent..", "phr.portability..", "phr.gateway..");
        below("phr.consent..", "phr.portability..", "phr.gateway..");
        below("phr.portability..", "phr.gateway..");
        noClasses()
                .that(not(resideInAPackage("phr.deploy..")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("phr.deploy..")
                .check(HOUSE);
    }

    private static void below(String room, String... above) {
        noClasses()
                .that()
                .resideInAPackage(room)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(above)
                .check(HOUSE);
    }

    @Test
    void the_dictionary_is_plain_java() {
        noClasses()
                .that()
                .resideInAPackage("phr.fhir..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.quarkus..", "jakarta.ws.rs..", "jakarta.persistence..")
                .check(HOUSE);
        noClasses()
                .that()
                .resideInAPackage("phr.fhir..")
                .and()
                .resideOutsideOfPackage("phr.fhir.normalise.healthconnect")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.sql..")
                .because("only the file that a telephone exports is a database")
                .check(HOUSE);
    }

    @Test
    void packages_have_no_cycles() {
        slices().matching("phr.(**)").should().beFreeOfCycles().check(HOUSE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Impl", "Manager", "Util", "Utils", "Helper", "Dto", "DTO", "Base", "Common", "Resource"})
    void names_say_what_a_thing_is(String suffix) {
        noClasses().should().haveSimpleNameEndingWith(suffix).check(withoutFhirWords(suffix));
    }

    /** {@code SourceResource} and the like: a FHIR resource may be called one; an endpoint may not. */
    private static JavaClasses withoutFhirWords(String suffix) {
        return suffix.equals("Resource")
                ? HOUSE.that(com.tngtech.archunit.base.DescribedPredicate.describe(
                        "endpoints", type -> type.isAnnotatedWith(Path.class)))
                : HOUSE;
    }

    @Test
    void http_stays_at_the_street() {
        noClasses()
                .that(are(not(resideInAPackage("phr.gateway.."))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jakarta.ws.rs..")
                .check(HOUSE);
    }

    @Test
    void an_endpoint_is_called_one_and_is_package_private() {
        classes()
                .that()
                .areAnnotatedWith(Path.class)
                .should()
                .haveSimpleNameEndingWith("Endpoint")
                .andShould()
                .bePackagePrivate()
                .check(HOUSE);
    }

    @Test
    void only_caller_knows_security_types() {
        noClasses()
                .that(are(not(resideInAPackage("phr.gateway.caller"))))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.quarkus.security..",
                        "io.quarkus.oidc..",
                        "org.eclipse.microprofile.jwt..",
                        "com.nimbusds.jwt..",
                        "java.security.acl..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("jakarta.ws.rs.core.SecurityContext")
                .check(HOUSE);
    }

    @Test
    void time_comes_from_an_injected_clock() {
        noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDate.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(OffsetDateTime.class, "now")
                .orShould()
                .callMethod(ZonedDateTime.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(HOUSE);
        noClasses()
                .that(are(not(resideInAPackage("phr.deploy.."))))
                .and()
                .haveNameNotMatching("phr\\.gateway\\.web\\.WallClock|phr\\.consent\\.ledger\\.SystemClock")
                .should()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Clock.class, "systemDefaultZone")
                .check(HOUSE);
    }

    @Test
    void charset_and_locale_are_explicit() {
        noClasses()
                .should()
                .callMethod(String.class, "getBytes")
                .orShould()
                .callConstructor(String.class, byte[].class)
                .orShould()
                .callMethod(String.class, "toLowerCase")
                .orShould()
                .callMethod(String.class, "toUpperCase")
                .orShould()
                .callMethod(String.class, "format", String.class, Object[].class)
                .orShould()
                .callMethod(Charset.class, "defaultCharset")
                .check(HOUSE);
    }

    @Test
    void nothing_is_printed_but_by_the_demo() {
        noClasses()
                .that(are(not(resideInAPackage("phr.deploy.."))))
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(Throwable.class, "printStackTrace")
                .check(HOUSE);
    }

    @Test
    void nobody_reaches_the_store_without_a_permit() {
        methods()
                .that()
                .areDeclaredIn(RecordStore.class)
                .and()
                .doNotHaveName(OPENS_A_TRANSACTION_ONLY)
                .should(takeAPermitFirst())
                .check(HOUSE);
        assertTrue(RecordStore.class.getMethods().length > 1);
    }

    private static ArchCondition<JavaMethod> takeAPermitFirst() {
        return new ArchCondition<>("take a Permit first") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                boolean permit = !method.getRawParameterTypes().isEmpty()
                        && method.getRawParameterTypes().get(0).isEquivalentTo(Permit.class);
                events.add(new SimpleConditionEvent(method, permit, method.getFullName()));
            }
        };
    }

    @ParameterizedTest
    @ValueSource(classes = {Permit.class, Normalised.class, Validated.class})
    void the_types_that_keep_the_order_are_made_by_their_stage_only(Class<?> type) {
        constructors().that().areDeclaredIn(type).should().bePackagePrivate().check(HOUSE);
    }

    @Test
    void permits_come_from_the_consent_engine_only() {
        noClasses()
                .that(are(not(resideInAPackage("phr.consent.."))))
                .should()
                .beAssignableTo(PermitIssuer.class)
                .check(HOUSE);
    }

    @Test
    void stores_and_tables_are_package_private() {
        classes()
                .that()
                .areAssignableTo(RecordStore.class)
                .and()
                .areNotInterfaces()
                .should()
                .bePackagePrivate()
                .check(HOUSE);
        classes()
                .that()
                .areAssignableTo(PanacheRepositoryBase.class)
                .should()
                .bePackagePrivate()
                .check(HOUSE);
    }

    @Test
    void every_package_says_what_it_is_for_and_marks_nulls() {
        List<String> silent = HOUSE.stream()
                .map(JavaClass::getPackage)
                .distinct()
                .filter(room -> !room.tryGetAnnotationOfType(NullMarked.class).isPresent())
                .map(JavaPackage::getName)
                .sorted()
                .toList();
        assertEquals(List.of(), silent);
    }

    @Test
    void exceptions_are_final() {
        classes()
                .that()
                .areAssignableTo(RuntimeException.class)
                .should()
                .haveModifier(JavaModifier.FINAL)
                .check(HOUSE);
    }
}
