namespace Rubato.Cli.Help;

/// <summary>The page of <c>rubato rates</c>.</summary>
internal static class RatesPage
{
    internal const string Text =
        """
        rubato rates: draws how large the rates of runs were: the learning rate, the
        exponential rate in place of weight decay, and the effective rate lr / |w|^2
        of the weights that only a normalization follows.

        Usage: rubato rates RUN... [FLAGS]

        Examples:
          rubato rates runs/decay
          rubato rates runs/decay runs/growing
          rubato rates runs/decay runs/growing --svg rates.svg --csv rates.csv

          RUN                   The folder of a run that was trained with sgd or
                                nesterov, or its steps.jsonl. Several are drawn over
                                each other, and compared with the first.
          --svg FILE            Draws the chart into a file.
                                Default: none. Example: --svg rates.svg
          --csv FILE            Writes run, update, samples, learning_rate,
                                effective_rate and log10_exponential_rate, a row an
                                update; what was not measured is empty.
                                Default: none. Example: --csv rates.csv
          --verbose             Errors with all details; also by RUBATO_DEBUG=1.
                                Default: off. Example: --verbose

        The effective rate is measured at every tenth update. A run with weight decay
        and the same with --rewrite exponential have the same one, up to rounding.

        """;
}
