package dev.slipway.workflows.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;

/** What no module may use, whatever it is for. */
public final class Boundaries {
    /** What people write is text: no class uses a library that evaluates expressions, scripts or templates. */
    public static final ArchRule NOTHING_IS_EVALUATED = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.springframework.expression..",
                    "javax.script..",
                    "jakarta.el..",
                    "groovy..",
                    "ognl..",
                    "org.mvel2..",
                    "freemarker..",
                    "org.apache.commons.text..",
                    "org.apache.velocity..")
            .because("an expression in a name, a reason or a release.yaml must stay the text that it is");

    /** JDBC and what brings it are used in one package. */
    public static final ArchRule THE_DATABASE_STAYS_BEHIND_THE_RECORDS = noClasses()
            .that()
            .resideOutsideOfPackage("dev.slipway.records..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.sql..", "javax.sql..", "org.postgresql..", "com.zaxxer.hikari..", "org.flywaydb..")
            .because("what is asked of the records, and in which transaction, is decided in one place");

    private Boundaries() {}
}
