using System.Text;
using Rubato.Cli.Commands;

namespace Rubato.Cli.Help;

/// <summary>The page of <c>rubato find</c>.</summary>
internal static class FindPage
{
    private const string Head =
        """
        rubato find: finds the learning rates between which a network trains, by a
        range test: the rate rises from update to update, and the loss says the rest.

        Usage: rubato find [FLAGS]

        Examples:
          rubato find
          rubato find --data mnist:data/mnist --network "mlp(256, 128)" --batch 512
          rubato find --optimizer adamw --repeats 3 --svg find.svg --csv find.csv
          rubato find --weight-decay "1e-5, 1e-4, 1e-3"
          rubato find --config runs/first-try/config.yaml
          rubato find --from find.csv --rule valley

        Sweep
          --start-lr RATE       The first rate.
                                Default: the optimizer's usual one for the network,
                                divided by 10,000. Example: --start-lr 1e-5
          --end-lr RATE         The last rate.
                                Default: the usual one, times 1,000.
                                Example: --end-lr 10
          --spacing HOW         exponential: all decades alike; linear: as in the paper.
                                Default: exponential. Example: --spacing linear
          --iterations N        Updates of a run.
                                Default: --epochs says it. Example: --iterations 300
          --epochs N            The same in passes over the training set.
                                Default: one, but 100 updates at least and 400 at most.
                                Example: --epochs 0.5
          --repeats N           Runs, each from a seed of its own; shown as a band.
                                Default: 1. Example: --repeats 3
          --diverge-threshold X A run stops where its smoothed loss is above X times its
                                lowest.
                                Default: 4. Example: --diverge-threshold 10
          --accuracy-every N    Updates between two measurements of the accuracy on
                                training samples that are held out; 0 for none.
                                Default: a twenty-fifth of the run's.
                                Example: --accuracy-every 10
          --accuracy-samples N  How many samples are held out.
                                Default: a tenth of the training set, 1,000 at most.
                                Example: --accuracy-samples 500

        Answer
          --rule NAME           The rule that decides; all are shown side by side.
                                Default: lowest. Example: --rule valley
          --smoothing HOW       How noise is taken out of the losses: gp, a Gaussian
                                process; average or average(BETA), a moving average.
                                Default: gp. Example: --smoothing "average(0.9)"
          --base-divisor X      Where a rule gives a maximum only, the base is the
                                maximum divided by X.
                                Default: 4. Example: --base-divisor 3
          --from FILE           Trains nothing, and reads a curve that was recorded: a
                                table with the columns learning_rate and loss (and
                                accuracy, iteration and run, where there are), or a run
                                folder whose rates rise.
                                Default: none. Example: --from find.csv
          --averaged K          The losses of --from are running averages that keep K of
                                the one before, corrected for their start, as fastai
                                and Lightning log them; they are undone.
                                Default: they are none. Example: --averaged 0.98

        Output
          --svg FILE            Draws the curve into a file.
                                Default: none. Example: --svg find.svg
          --csv FILE            Writes a table with a row an update.
                                Default: none. Example: --csv find.csv
          --json FILE           Writes settings, curves and answers.
                                Default: none. Example: --json find.json
          --quiet               Prints the answer only.
                                Default: off. Example: --quiet
          --verbose             Errors with all details; also by RUBATO_DEBUG=1.
                                Default: off. Example: --verbose

        The training, as in rubato train. --momentum and --weight-decay may hold several
        values, separated by commas: each pair of them is tried, and the one that
        reaches the lowest loss at the largest rate is named.

        """;

    private const string Tail =
        """
          --config FILE.yaml    Settings from a file, as rubato train reads it; those of
                                its rate, its length, its rewrites and its folder are
                                not used. Flags override it.
                                Default: none. Example: --config settings.yaml

        The exit code is 0 with an answer, 1 with no clear answer, 2 where a flag, a
        file or a value cannot be used, 130 after Ctrl-C: what was measured until then
        is shown and written first.

        """;

    internal static string Text { get; } = Page();

    private static string Page()
    {
        var page = new StringBuilder(Head);
        SettingLines.Append(page, FindFlags.Settings);
        return page.Append(Tail).ToString();
    }
}
