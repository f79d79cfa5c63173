package dev.slipway.workflows.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;

/** What people write is text to every module, and never a program. */
public final class PlainText {
    /** No class uses a library that evaluates expressions, scripts or templates. */
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

    private PlainText() {}
}
