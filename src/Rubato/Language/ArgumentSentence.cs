namespace Rubato.Language;

/// <summary>What a constructor said, for somebody who wrote text.</summary>
internal static class ArgumentSentence
{
    /// <summary>
    /// The message without the parameter and the value that .NET puts after it. A parameter at its beginning gets the name by which the
    /// writer knows it.
    /// </summary>
    internal static string Of(ArgumentException exception, Func<string, string> nameOf)
    {
        if (exception.ParamName is not { Length: > 0 } name)
        {
            return exception.Message;
        }

        var end = exception.Message.LastIndexOf($" (Parameter '{name}')", StringComparison.Ordinal);
        var sentence = end < 0 ? exception.Message : exception.Message[..end];
        return sentence.StartsWith(name + " ", StringComparison.Ordinal) ? nameOf(name) + sentence[name.Length..] : sentence;
    }
}
