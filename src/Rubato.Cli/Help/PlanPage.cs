namespace Rubato.Cli.Help;

/// <summary>The page of <c>rubato plan</c>.</summary>
internal static class PlanPage
{
    internal const string Text =
        """
        rubato plan: draws schedules, counts their updates, and writes them to files.

        Usage: rubato plan [PLAN...] [FLAGS]

        Examples:
          rubato plan "one-cycle(0.1)" --length 30ep --data-size 50000 \
            --momentum "one-cycle-momentum(0.85..0.95)"
          rubato plan "sgdr(0.1 -> 0, first 2ep, mult 2)" "cosine(0.1 -> 0)" \
            --length 30ep --data-size 50000 --svg plans.svg
          rubato plan --lr 0.1 --length 5000ba --csv updates.csv --every 100
          rubato plan "multi-step(0.1, gamma 0.2, at 10ep 20ep)" --length 30ep \
            --data-size 50000 --rewrite "grow-batch(max 5120)"
          rubato plan "cosine(0.1 -> 0)" --weight-decay 5e-4 --length 60ep \
            --data-size 50000 --rewrite exponential
          rubato plan --config runs/first-try/config.yaml

          PLAN                  A learning rate: a schedule, or a number, the peak of
                                a warm-up with a cosine to 0 after it; or auto, or
                                auto * SCHEDULE, whose values are shares of the rate
                                that a run finds; or polyak in place of auto. Or
                                FILE.json, a whole plan as --json writes it. Several
                                are drawn over each other and compared.

        Plan
          --lr RATE             The learning rate, where no PLAN is given.
                                Default: none. Example: --lr 0.1
          --warmup SHARE        Where the rate is a number, auto or polyak: the share
                                of the run in which the rate rises to its peak.
                                Default: 0.05; 0.2 for auto and polyak.
                                Example: --warmup 0.1
          --batch N             The global batch size in samples: a number or a
                                schedule.
                                Default: 128.
                                Example: --batch "multi-step(128, gamma 2, at 10ep)"
          --momentum SHARE      Momentum, or beta1 of Adam's family: a number or a
                                schedule.
                                Default: 0.9. Example: --momentum 0.95
          --weight-decay RATE   The weight decay: a number or a schedule.
                                Default: 0. Example: --weight-decay 5e-4
          --groups GROUPS       Schedules of their own for groups of parameters.
                                Default: none. Example: --groups "head(lr 2 * base)"
          --length LENGTH       The length of the run in ep (epochs), ba (batches) or
                                sp (samples).
                                Default: --epochs says it. Example: --length 30ep
          --epochs N            The same in epochs.
                                Default: --length says it. Example: --epochs 30
          --tail HOW            At an epoch's end a batch runs on (carry) or is cut.
                                Default: carry. Example: --tail cut
          --rewrite REWRITES    Draws each plan before and after rewrites, with commas
                                between, which keep the noise of its updates:
                                grow-batch(max 5120, first 1): the batch grows where the
                                rate would decay; scale-batch(5): batch and rate by a
                                factor; raise-momentum(0.98): a higher momentum, and the
                                batch with it. --json and --csv write the plan after
                                them. The last may be exponential, or texp or texp--
                                for a rate by steps: the rate that grows in place of
                                the weight decay is drawn, and is a column of --csv;
                                --json has the plan with weight decay.
                                Default: none. Example: --rewrite grow-batch
          --micro-batch N       Rewritten batches are multiples of it, where the first
                                batch of the plan is not smaller.
                                Default: none. Example: --micro-batch 64
          --config FILE.yaml    Settings from a file, as rubato train reads it. Flags
                                and PLAN override it; what it leaves open takes the
                                usual values of its optimizer and network.
                                Default: none. Example: --config settings.yaml

        Data
          --data-size N         The size of the training set, which turns epochs into
                                updates.
                                Default: that of --data. Example: --data-size 50000
          --data SET            A data set whose training set is counted: glyphs,
                                mnist:DIR, cifar10:DIR, cifar100:DIR or csv:FILE.
                                Default: that of --config, or none.
                                Example: --data mnist:data/mnist
          --label NAME          The label column of a csv data set.
                                Default: none; csv:FILE needs it.
                                Example: --label species
          --held-out SHARE      The share of a csv data set that is held out for
                                testing.
                                Default: 0.2. Example: --held-out 0.25
          --train-samples N     A class-balanced subset of N samples.
                                Default: all. Example: --train-samples 1000

        Output
          --noise-scale FORM    Shows how strongly the choice of the samples shakes the
                                weights, with learning rate lr, momentum m, batch B and
                                N training samples: lr N / ((1 - m) B), small-batch, or
                                lr / (1 - m) (N / B - 1), exact. A column of --csv, too.
                                Default: none; with --rewrite the form that it keeps.
                                Example: --noise-scale exact
          --log                 A logarithmic axis for the learning rate, and for the
                                noise scale.
                                Default: on where the rate stays below a thousandth of
                                its peak for a tenth of the run. Example: --log
          --svg FILE            Draws the chart into a file.
                                Default: none. Example: --svg plan.svg
          --csv FILE            Writes a table with a row an update.
                                Default: none. Example: --csv plan.csv
          --every N             Keeps each N-th row of the table, and the last one.
                                Default: 1. Example: --every 100
          --json FILE           Writes the plan, to be read back as PLAN.
                                Default: none. Example: --json plan.json
          --verbose             Errors with all details; also by RUBATO_DEBUG=1.
                                Default: off. Example: --verbose

        """;
}
