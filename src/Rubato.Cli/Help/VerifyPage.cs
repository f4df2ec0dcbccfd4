using System.Text;
using Rubato.Cli.Commands;

namespace Rubato.Cli.Help;

/// <summary>The page of <c>rubato verify</c>.</summary>
internal static class VerifyPage
{
    private const string Head =
        """
        rubato verify: runs a plan and its exponential form side by side, from the same
        weights and on the same batches, and says whether both train the same function.

        Usage: rubato verify --rewrite REWRITES [FLAGS]

        Examples:
          rubato verify --rewrite exponential
          rubato verify --rewrite texp --lr "step(0.1, gamma 0.1, every 2ep)"
          rubato verify --rewrite exponential --data mnist:data/mnist --lr 0.05 \
            --network "mlp(256, 128, norm batch)" --updates 300 --csv verify.csv
          rubato verify --rewrite exponential --precision float32 --tolerance 1e-2
          rubato verify --config runs/first-try/config.yaml --rewrite exponential

        Each of the two is run once more with weights that are rounded differently at
        every update, which shows what rounding alone does. From where that is more than
        a tenth of the tolerance, a difference says nothing, and is not judged. These
        are four runs, mostly in float64: --updates ends them early.

        Comparison
          --precision TYPE      float64 or float32: the numbers of all runs.
                                Default: float64. Example: --precision float32
          --updates N           Ends after so many updates.
                                Default: at the end of the plan. Example: --updates 300
          --every N             Updates between two comparisons of the outputs.
                                Default: 10. Example: --every 1
          --probe N             On how many test samples outputs are compared.
                                Default: 256. Example: --probe 1000
          --tolerance X         How large a difference of any output may be.
                                Default: 1e-8; 1e-3 with float32.
                                Example: --tolerance 1e-6

        Output
          --csv FILE            Writes update, loss, loss_difference,
                                function_difference, direction_difference and rounding,
                                a row a comparison.
                                Default: none. Example: --csv verify.csv
          --quiet               Prints the verdict only.
                                Default: off. Example: --quiet
          --verbose             Errors with all details; also by RUBATO_DEBUG=1.
                                Default: off. Example: --verbose

        The training, as in rubato train, but without a rate that is found: --lr is
        the optimizer's usual rate where it is not given. The last of --rewrite must be
        exponential, texp or texp--: the others claim the same noise of the updates, and
        not the same function.

        """;

    private const string Tail =
        """
          --config FILE.yaml    Settings from a file, as rubato train reads it; its
                                folder is not used. Flags override it.
                                Default: none. Example: --config settings.yaml

        The exit code is 0 where the claim holds, as far as it can be judged, 1 where it
        does not, or nothing can be said, 2 where a flag, a file or a value cannot be
        used, 130 after Ctrl-C: what was compared until then is shown and written first.

        """;

    internal static string Text { get; } = Page();

    private static string Page()
    {
        var page = new StringBuilder(Head);
        SettingLines.Append(page, VerifyFlags.Settings);
        return page.Append(Tail).ToString();
    }
}
