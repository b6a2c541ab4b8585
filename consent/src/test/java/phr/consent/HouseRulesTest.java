package phr.consent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import phr.consent.engine.Engine;

@AnalyzeClasses(packages = "phr.consent", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {

    @ArchTest
    static final ArchRule onlyTheEngineIssuesPermits = classes()
            .that()
            .areAssignableTo(PermitIssuer.class)
            .should()
            .be(PermitIssuer.class)
            .orShould()
            .be(Engine.class);

    @ArchTest
    static final ArchRule theEngineIsPure = noClasses()
            .that()
            .resideInAnyPackage(
                    "phr.consent.engine",
                    "phr.consent.directive",
                    "phr.consent.lifecourse",
                    "phr.consent.emergency",
                    "phr.consent.trace")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "jakarta..", "io.quarkus..", "java.sql..", "phr.consent.ledger..", "phr.consent.receipt..")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC");

    @ArchTest
    static final ArchRule noHttp =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("jakarta.ws.rs..", "io.vertx..");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("phr.consent.(*)..").should().beFreeOfCycles();
}
