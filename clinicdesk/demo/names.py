# SPDX-License-Identifier: Apache-2.0
"""Invented people: names of several languages, and phone numbers nobody has.

First and family names are common ones of each language, put together by chance within it; family
names that would make somebody famous are left out. Numbers come from the ranges that Ofcom and
the North American plan keep for fiction, mail addresses from ``example`` domains.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from clinicdesk.kernel.folding import fold


@dataclass(frozen=True, slots=True)
class Tongue:
    """Names of one language.

    Attributes:
        tag: BCP 47 tag.
        weight: how often, relative to the others.
        feminine_ending: how a family name changes for a woman: (ending, replacement) pairs.
    """

    tag: str
    weight: int
    women: tuple[str, ...]
    men: tuple[str, ...]
    families: tuple[str, ...]
    feminine_ending: tuple[tuple[str, str], ...] = ()


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


TONGUES = (
    Tongue(
        "en",
        34,
        _words(
            "Abigail Alice Amelia Anna Beth Bridget Carys Charlotte Chloe Clara Daisy Eleanor "
            "Ella Elsie Emily Erin Esme Eve Fiona Freya Georgia Hannah Harriet Heather Holly "
            "Imogen Iris Isla Ivy Jane Jessica Joan Kate Laura Lily Lucy Mabel Maisie Margaret "
            "Martha Megan Mia Molly Nancy Niamh Nora Olive Phoebe Poppy Rose Ruby Ruth Siân "
            "Sophie Tess Violet Zoe"
        ),
        _words(
            "Aidan Albert Alex Alfie Archie Arthur Ben Callum Conor Daniel Dylan Edward Elliot "
            "Ernest Ethan Euan Felix Finn Frank Fred George Gareth Harry Hugh Ian Isaac Jack "
            "Jacob James Joe Jonah Kieran Leo Lewis Liam Logan Luke Malcolm Martin Nathan Ned "
            "Noah Oliver Oscar Owen Patrick Paul Ralph Rory Ross Sam Sean Simon Stephen Theo "
            "Toby Tom Walter Will"
        ),
        _words(
            "Abbott Adams Allbright Ashby Atwell Bagley Bainbridge Barlow Barrow Bexley Birch "
            "Blackwood Blythe Bradshaw Bramley Briggs Brook Burrows Caldwell Carver Chadwick "
            "Clegg Colby Cotter Crabtree Crane Cresswell Dalby Dawkes Denby Dewhurst Drummond "
            "Dunmore Eastwick Elmsley Fairley Farrow Fenwick Fletcher Foxley Frost Garside "
            "Gilmour Goddard Greaves Hadley Halliwell Hargrave Hartley Haworth Hebden Heywood "
            "Hollis Hurst Ingham Kirkby Langley Lockwood Lonsdale Lowther Marsden Mellor Merton "
            "Millward Nettleton Norbury O'Brien O'Dwyer O'Shea Oakley Ormerod Outram Oxley "
            "Peverell Pickles Prescott Quigley Radcliffe Ramsden Rigby Rowntree Rushworth "
            "Satterley Shackleford Sidwell Stansfield Sutcliffe Tattersley Thackray Thistlewood "
            "Tranter Underhill Varley Wadham Wainscott Waverley Whitby Whitfield Whittaker "
            "Wilberry Woodhead Wragg Yardley Yates"
        ),
    ),
    Tongue(
        "de",
        12,
        _words(
            "Anke Annika Birgit Britta Elke Frieda Gesa Grit Hanne Heike Ilse Jördis Jutta "
            "Karin Käthe Lena Lieselotte Lotte Maike Marlene Mechthild Nele Renate Silke Sigrun "
            "Ulla Wiebke"
        ),
        _words(
            "Arne Bernd Detlef Dieter Eckhard Florian Gernot Götz Günter Hanno Heiko Holger "
            "Ingo Jens Jörg Jürgen Kai Klaus Lars Lukas Malte Matthias Rüdiger Sönke Till Udo "
            "Uwe Volker"
        ),
        _words(
            "Achterberg Albers Bäcker Bergmann Böhm Brandt Bröcker Buchholz Dörfler Drescher "
            "Eichhorn Feldkamp Förster Gärtner Größmann Haase Hölscher Jäger Kämmerer Köhler "
            "Krämer Küster Lindemann Löffler Lüdtke Möller Nußbaum Öhler Pfeiffer Rößler "
            "Sauerland Schäfer Schönfeld Schröter Steinhäuser Stöcker Ühlein Vogel Wäldchen "
            "Weiß Wöhrmann Zöllner"
        ),
    ),
    Tongue(
        "es",
        10,
        _words(
            "Adriana Alba Ángela Begoña Carmen Concepción Elena Inés Itziar Jimena Lucía Maite "
            "Marisol Mónica Noelia Paloma Pilar Raquel Rocío Sofía Verónica Ximena"
        ),
        _words(
            "Álvaro Andrés Ángel Álex Diego Emilio Fermín Gonzalo Héctor Hernán Iñaki Íñigo "
            "Jesús Joaquín José Julián Luis Martín Óscar Raúl Ramón Rubén Tomás Víctor"
        ),
        _words(
            "Aguilera Alcázar Álvarez Arroyo Benítez Bermúdez Cabañas Calderón Cordón Domínguez "
            "Echeverría Escribano Fernández Galíndez García Gutiérrez Hidalgo Ibáñez Jiménez "
            "Luján Marín Menéndez Muñiz Núñez Ordóñez Ortuño Peñalver Quiñones Rincón Saldaña "
            "Sáez Urrutia Valdés Villaseñor Yáñez Zúñiga"
        ),
    ),
    Tongue(
        "fr",
        8,
        _words(
            "Adèle Agnès Anaïs Aurélie Bérénice Célestine Cécile Chloé Élodie Émilie Fanny "
            "Gaëlle Geneviève Hélène Inès Jeanne Léa Maëlle Mathilde Noémie Océane Renée Solène "
            "Thérèse"
        ),
        _words(
            "Aurélien Baptiste Benoît Clément Cédric Damien Étienne Fabrice François Gaël "
            "Gérard Grégoire Hervé Jérôme Joël Loïc Luc Mathéo Maël Noé Rémi Sébastien Thibault "
            "Yann"
        ),
        _words(
            "Aubert Baudry Béranger Besson Bonnefoy Brière Châtelain Chauvet Corbière Delaunay "
            "Desrochers Deschênes Estève Fauré Ferrière Gauthier Géraud Hébert Lachaud Lacroix "
            "Lefèvre Léger Maréchal Mercier Noël Pélissier Perrault Prévost Renaudin Rivière "
            "Séguin Thévenet Vallée Verdier"
        ),
    ),
    Tongue(
        "pl",
        7,
        _words(
            "Agnieszka Anna Beata Bożena Dorota Ewelina Grażyna Halina Jadwiga Katarzyna Łucja "
            "Małgorzata Marta Monika Stanisława Zofia Żaneta"
        ),
        _words(
            "Andrzej Bartosz Bogusław Czesław Grzegorz Jacek Jerzy Krzysztof Łukasz Marek "
            "Michał Paweł Piotr Sławomir Stanisław Tomasz Wojciech Zbigniew"
        ),
        _words(
            "Błaszczak Brzeziński Cieślak Dąbek Dębski Gołąb Górecki Jaworski Kaczyński "
            "Kędzierski Kołodziej Kowalczyk Król Łuczak Majewski Mróz Nowicki Ostrowski Pączek "
            "Piątek Rybicki Sęk Sikorski Sobczak Śliwa Świątek Tarkowski Urbaniak Wąsik Wójcik "
            "Wróbel Zając Żak"
        ),
        (("ski", "ska"), ("cki", "cka")),
    ),
    Tongue(
        "pt",
        5,
        _words("Beatriz Catarina Conceição Graça Inês Joana Leonor Lídia Lurdes Mafalda Margarida"),
        _words("António Armando César Duarte Fábio Gonçalo João Joaquim Márcio Nuno Rúben Tomé"),
        _words(
            "Abrantes Araújo Barbosa Brandão Caetano Conceição Esteves Falcão Figueirêdo "
            "Gouveia Leitão Magalhães Meireles Mourão Negrão Patrício Quintão Simões Trindade "
            "Vilaça"
        ),
    ),
    Tongue(
        "sv",
        4,
        _words("Agneta Åsa Astrid Birgitta Britt Elin Gunnel Hjördis Karin Maj Märta Sölve Tove"),
        _words("Åke Anders Björn Bo Göran Gösta Håkan Jörgen Lars Mårten Nils Örjan Sören Stellan"),
        _words(
            "Åberg Ångström Björklund Blomqvist Dahlström Ekström Fälldin Forsgren Grönlund "
            "Hägglöf Höglund Källström Lindqvist Löfgren Nyström Öberg Sjöholm Söderlund "
            "Wikström"
        ),
    ),
    Tongue(
        "cs",
        4,
        _words("Alžběta Blažena Božena Dagmar Jiřina Kateřina Ludmila Markéta Růžena Šárka Zdeňka"),
        _words("Bohumil Břetislav Jiří Kryštof Luboš Matěj Miloš Ondřej Řehoř Štěpán Tomáš Zdeněk"),
        _words(
            "Beneš Blažek Čermák Dušek Fiala Hájek Hruška Ježek Kadlec Kolář Kučera Marek "
            "Musílek Němec Pokorný Říha Šimek Sýkora Tichý Urban Veselý Zeman Žák"
        ),
        (("ý", "á"), ("ek", "ková"), ("ec", "cová"), ("a", "ová"), ("", "ová")),
    ),
    Tongue(
        "tr",
        3,
        _words(
            "Ayşe Çiğdem Dilek Elif Fatma Gülşen Hülya İpek Müge Nurgül Özlem Sevgi Şule Zeynep"
        ),
        _words(
            "Ahmet Barış Burak Cüneyt Erdoğan Gökhan Hüseyin İbrahim Oğuz Ömer Şahin Tuğrul Yiğit"
        ),
        _words(
            "Acar Aydın Çelik Çetin Doğan Güneş Işık Kılıç Koç Özkan Şimşek Taş Uçar Yıldız Yüksel"
        ),
    ),
    Tongue(
        "vi",
        3,
        _words("Ánh Bích Diễm Hạnh Hằng Hồng Hương Lan Mai Ngọc Phương Quỳnh Thảo Thủy Trang Xuân"),
        _words("Bảo Cường Đạt Đức Dũng Hải Hùng Khánh Long Minh Nam Phúc Quân Sơn Thắng Tuấn Việt"),
        _words("Bùi Đặng Đinh Đỗ Dương Hà Hoàng Huỳnh Lê Lý Mai Ngô Phạm Phan Tô Trần Trịnh Võ Vũ"),
    ),
    Tongue(
        "ar-Latn",
        5,
        _words(
            "Aisha Amal Farida Fatima Hala Huda Karima Layla Mariam Nadia Noura Rana Samira Yasmin"
        ),
        _words(
            "Adel Bilal Faisal Hamza Hassan Idris Jamal Karim Khalid Nabil Omar Rashid Tariq Yusuf"
        ),
        _words(
            "Al-Amin Al-Hakim Bakkar Belkacem Chaouch El-Sayegh Farhat Ghannam Haddad Jabbour "
            "Khoury Mansouri Nasser Qasim Rahmani Saadi Sharif Tahiri Zahra Ziani"
        ),
    ),
    Tongue(
        "en-IN",
        5,
        _words(
            "Aditi Anjali Deepa Divya Gauri Indira Kavita Lakshmi Meera Nandini Neha Priya Rekha"
        ),
        _words(
            "Ajay Anand Arjun Deepak Ganesh Harish Kiran Manish Naveen Prakash Ravi Rohan Suresh"
        ),
        _words(
            "Agarwal Banerjee Chandra Chauhan Desai Deshmukh Ghosh Iyer Jain Kulkarni Menon "
            "Mishra Nair Pillai Rao Reddy Saxena Sengupta Thakur Trivedi Varghese"
        ),
    ),
    Tongue(
        "en-NG",
        4,
        _words(
            "Abeni Adaeze Amara Chioma Folake Funmi Ifeoma Ngozi Nkechi Ronke Temi Yetunde Zainab"
        ),
        _words("Ade Babatunde Chidi Emeka Femi Ikenna Kofi Kwame Obinna Olu Segun Tunde Uche Yaw"),
        _words(
            "Abiola Adeyemi Afolabi Agyeman Akinola Amoah Asante Balogun Boateng Chukwu Eze "
            "Mensah Nwosu Obi Ogunleye Okafor Okonkwo Olawale Onyeka Owusu"
        ),
    ),
)

_TOWNS = (
    ("Ashford Vale", "AV1"), ("Brindle", "BR2"), ("Castleford Green", "CG4"), ("Dunmere", "DM3"),
    ("Elmstead", "EL6"), ("Fairhaven", "FH1"), ("Greystone", "GS5"), ("Harrowby", "HB2"),
    ("Kingsmead", "KM7"), ("Larkhill", "LH3"), ("Millbrook", "MB1"), ("Oakhurst", "OH4"),
)  # fmt: skip
_STREETS = _words(
    "Abbey Alder Beech Bridge Castle Chapel Church Elm Garden Harbour High Hill Lime "
    "Maple Market Meadow Mill North Orchard Park Priory Queen's River School Station "
    "Tower Victoria Willow"
)
_STREET_KINDS = ("Street", "Road", "Lane", "Avenue", "Close", "Terrace")
# Ranges kept for fiction: (prefix, free digits).
_FICTION = (
    *(("+44 7700 900", 3),) * 6,
    ("+44 113 496 0", 3), ("+44 114 496 0", 3), ("+44 115 496 0", 3), ("+44 116 496 0", 3),
    ("+44 117 496 0", 3), ("+44 118 496 0", 3), ("+44 121 496 0", 3), ("+44 131 496 0", 3),
    ("+44 141 496 0", 3), ("+44 151 496 0", 3), ("+44 161 496 0", 3), ("+44 191 498 0", 3),
    ("+44 20 7946 0", 3), ("+44 28 9649 6", 3), ("+44 29 2018 0", 3), ("+44 1632 960", 3),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody invented.

    Attributes:
        mobile: of a range kept for fiction.
    """

    given: str
    family: str
    gender: str
    language: str
    mobile: str
    email: str
    street: str
    city: str
    postcode: str


class Naming:
    """Draws people; the same chance gives the same ones."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._weights = [tongue.weight for tongue in TONGUES]

    def person(self, number: int, *, household: Person | None = None) -> Person:
        """Return a new person; of a household, with its family name, street and town."""
        chance = self._chance
        tongue = chance.choices(TONGUES, self._weights)[0]
        if household is not None:
            tongue = next(one for one in TONGUES if one.tag == household.language)
        woman = chance.random() < 0.53
        given = chance.choice(tongue.women if woman else tongue.men)
        if chance.random() < 0.06:
            given += "-" + chance.choice(tongue.women if woman else tongue.men)
        family = chance.choice(tongue.families)
        if household is not None and chance.random() < 0.9:
            family = household.family
        else:
            if woman:
                family = _feminine(family, tongue)
            if chance.random() < 0.05:
                family += "-" + chance.choice(tongue.families)
        city, code = chance.choice(_TOWNS)
        street = (
            f"{chance.randrange(1, 190)} {chance.choice(_STREETS)} {chance.choice(_STREET_KINDS)}"
        )
        letters = chance.choice("ABDEFGHJLN") + chance.choice("PQRSTUWXYZ")
        postcode = f"{code} {chance.randrange(1, 10)}{letters}"
        if household is not None:
            city, street, postcode = household.city, household.street, household.postcode
        gender = "female" if woman else "male"
        if chance.random() < 0.006:
            gender = "other"
        return Person(
            given,
            family,
            gender,
            tongue.tag,
            _phone(chance),
            f"{_ascii(given)}.{_ascii(family)}{number}@example.org",
            street,
            city,
            postcode,
        )


def _feminine(family: str, tongue: Tongue) -> str:
    for ending, replacement in tongue.feminine_ending:
        if family.endswith(ending):
            return family[: len(family) - len(ending)] + replacement
    return family


def _phone(chance: Random) -> str:
    if chance.random() < 0.35:
        area = chance.randrange(201, 990)
        return f"+1 {area} 555 01{chance.randrange(100):02}"
    prefix, free = chance.choice(_FICTION)
    return f"{prefix}{chance.randrange(10**free):0{free}}"


def _ascii(name: str) -> str:
    return fold(name).replace(" ", ".")
