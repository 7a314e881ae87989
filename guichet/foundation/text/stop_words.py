"""Words that stand in nearly every text and tell none apart: looking them up costs most, finds nothing."""

_WRITTEN = {
    "en": """
        a about am an and any are as at be been but by can could did do does don for from get had has
        have he her hi him his how i if in into is it its just ll me my no not of on or our please s she
        should so some t than that the their them then there these they this to us ve was we were what
        when which who will with would you your
    """,
    "fr": """
        a ai ainsi alors après au aussi aux avec avez avons bonjour c ce ces cet cette ci comme d dans
        de des dois du elle elles en est et être eu fait il ils j je l la là le les leur leurs lui m ma
        mais me merci mes moi mon n ne nos notre nous on ont ou où par pas peut peux plus pour qu quand
        que quel quelle qui s sa sans se ses si son sont sur t ta te tes ton tout très tu un une vos
        votre vous y à été
    """,
    "es": """
        a al algo antes como con cual cuando de del desde donde el ella ellas ellos en entre era es esa
        ese eso esta está estas este esto estos fue gracias ha han hasta hay he hola la las le les lo
        los me mi mis muy más ni no nos o para pero por porque pues que qué quien se ser si sí sin sobre
        son su sus también te tengo tiene tu un una uno unos y ya yo
    """,
    "de": """
        aber alle als also am an auch auf aus bei beim bin bis bitte da damit danke dann das dass dem
        den der des die dies diese diesem diesen dieser dieses doch du durch ein eine einem einen einer
        eines er es für haben habe hallo hat hier ich ihm ihn ihnen ihr ihre im in ist ja kann können
        man mein meine mich mir mit nach nicht noch nun nur ob oder ohne sehr sein seine sich sie sind
        so um und uns unser unsere unter vom von vor war was wenn wer werden wie wir wird wo zu zum zur
        über
    """,
    # Only what is written in hiragana alone, and longer than two; the rest is left out by its script.
    "ja": """
        ください してください ありがとう ありがとうございます こんにちは よろしく
        でしょうか という ません ました でした です ます について として から まで
    """,
}
STOP_WORDS = {language: frozenset(words.casefold().split()) for language, words in _WRITTEN.items()}
