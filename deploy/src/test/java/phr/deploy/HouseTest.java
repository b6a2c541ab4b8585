package phr.deploy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;

/** The rules of the house for this module. */
@AnalyzeClasses(packages = "phr.deploy", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseTest {

    @ArchTest
    static final ArchRule THE_DEMO_USES_THE_PRODUCT_FROM_OUTSIDE_ONLY = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("phr.consent..", "phr.portability..", "phr.gateway..", "jakarta..", "io.quarkus..");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("phr.deploy.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule PARTS_DO_NOT_KNOW_EACH_OTHER = noClasses()
            .that()
            .resideInAPackage("phr.deploy.postgres..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("phr.deploy.keycloak..", "phr.deploy.demo..");

    @ArchTest
    static final ArchRule NAMES_SAY_SOMETHING =
            noClasses().should().haveNameMatching(".*(Impl|Manager|Util|Utils|Helper|Dto|Base|Common)");

    @ArchTest
    static final ArchRule TIME_COMES_FROM_A_CLOCK = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now");

    @ArchTest
    static final ArchRule THE_DEMO_IS_NO_LIBRARY = classes()
            .that()
            .resideInAPackage("phr.deploy.demo")
            .and()
            .doNotHaveSimpleName("Demo")
            .should()
            .notBePublic();
}
