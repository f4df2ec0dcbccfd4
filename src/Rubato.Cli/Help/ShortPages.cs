using System.Text;
using Rubato.Cli.Settings;

namespace Rubato.Cli.Help;

/// <summary>The pages of commands with many flags, cut down to what most people want first.</summary>
internal static class ShortPages
{
    private static readonly string[] OfTrain = ["data", "network", "lr", "batch", "epochs"];

    internal const string Plan =
        """
        rubato plan: draws schedules, counts their updates, and writes them to files.

        Usage: rubato plan [PLAN...] [FLAGS]

        Examples:
          rubato plan "one-cycle(0.1)" --length 30ep --data-size 50000
          rubato plan "cosine(0.1 -> 0)" "linear(0.1 -> 0)" --length 5000ba
          rubato plan --config runs/first-try/config.yaml

          PLAN                  A learning rate: a schedule, or a number, the peak of
                                the usual one. Several are compared.
          --length LENGTH       How long: 30ep (epochs), 5000ba (batches) or 2e6sp
                                (samples).
          --data-size N         The size of the training set; --data SET counts it.
          --batch N             The batch size: a number or a schedule.
          --svg FILE            Draws the chart into a file; --csv and --json write the
                                plan itself.

        All flags: rubato plan --help --verbose

        """;

    private const string TrainHead =
        """
        rubato train: trains a network and keeps the run in a folder.

        Usage: rubato train [FLAGS]

        Examples:
          rubato train
          rubato train --data mnist:data/mnist --network "mlp(256, 128)" --epochs 10
          rubato train --data csv:iris.csv --label species --batch 16 --epochs 50
          rubato train --optimizer adamw --lr 1e-3 --batch 64 --name first-try

        """;

    private const string TrainTail =
        """

        All flags: rubato train --help --verbose

        """;

    /// <summary>A command's short page.</summary>
    /// <param name="command">The command's name.</param>
    /// <returns>Text that ends with a new line; null for a command whose page is short already.</returns>
    internal static string? Of(string command) => command switch
    {
        "train" => Train(),
        "plan" => Plan,
        _ => null,
    };

    private static string Train()
    {
        var page = new StringBuilder(TrainHead);
        SettingLines.Append(page, OfTrain.Select(name => TrainSettingTable.All.Single(setting => setting.Name == name)));
        return page.Append(TrainTail).ToString();
    }
}
