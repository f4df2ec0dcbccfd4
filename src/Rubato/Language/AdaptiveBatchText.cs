namespace Rubato.Language;

/// <summary>Reads the text form of adaptive batches: <c>adaptive(FIRST, option value, ...)</c>, as in <c>adaptive(128, max 4096)</c>.</summary>
internal static class AdaptiveBatchText
{
    /// <summary>Whether a text is that of an adaptive batch, and not of a schedule: its word stands in it, or it begins with a slip of it.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Whether <see cref="Parse"/> is to read it.</returns>
    public static bool Is(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var tokens = Lexer.Read(text);
        return tokens.Exists(token => token.IsWord(AdaptiveBatchForm.Name)) || IsSlip(tokens[0]);
    }

    /// <summary>Reads an adaptive batch.</summary>
    /// <param name="text">The text.</param>
    /// <param name="subject">What the text is, for messages, such as <c>--batch</c>.</param>
    /// <returns>The batch.</returns>
    /// <exception cref="InvalidInputException">
    /// The text has another form, or values are out of their ranges; one sentence each: the subject, the text, the column (from 1), and what is wrong.
    /// </exception>
    public static GrowingBatch Parse(string text, string subject = "batch")
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(subject);
        var source = new SourceText(subject, text);
        var tokens = Lexer.Read(text);
        if (tokens[0].IsWord(AdaptiveBatchForm.Name))
        {
            return AdaptiveBatchForm.Read(new CallReader(source, tokens));
        }

        if (tokens.Find(token => token.IsWord(AdaptiveBatchForm.Name)) is { Text.Length: > 0 } name)
        {
            throw source.Wrong(name.Position, $"'{name.Text}' is a controller and no schedule; it stands by itself, as in {AdaptiveBatchForm.Example}.");
        }

        throw source.Wrong(
            tokens[0].Position,
            $"expected {AdaptiveBatchForm.Name}, as in {AdaptiveBatchForm.Example}, but {tokens[0].Found}.{Suggestion.For(tokens[0].Text, [AdaptiveBatchForm.Name])}");
    }

    private static bool IsSlip(Token token)
    {
        string[] known = [.. Forms.All.Select(form => form.Name), AdaptiveBatchForm.Name];
        return token.Kind == TokenKind.Name && Suggestion.Nearest(token.Text, known) == AdaptiveBatchForm.Name;
    }
}
