"""Any number of plausible clients, for measuring and for a demo of a wanted size.

They have no story of their own: names, companies and sentences are drawn from lists, so
that search, duplicates and full dividers meet what real data has. A working day of the
run and a tray get at most `DAY_LIMIT` dossiers; the others go to months and the archive.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time
from random import Random

from dossier_app.domain.binder import MONTHS_AHEAD, run_of_days
from dossier_app.domain.place import CLOSED, TRAY, Month, Place, day_place, month_place
from dossier_app.domain.records import (
    USUAL_MINUTES,
    Category,
    Channel,
    ContactKind,
    ContactPoint,
    Direction,
    Dossier,
    HistoryEntry,
    NextStep,
    Person,
    Role,
    StepKind,
)
from dossier_app.domain.sample_file import DAY, Days, IsWorking

DAY_LIMIT = 60  # twice a rep's usual day; a divider over its capacity

_LONGEST_AGO = 400  # days to the oldest contact
_LEFT_BEHIND = 9  # days back to which dossiers were left behind


def _words(text: str) -> list[str]:
    return text.split()


# Surnames that take -а for a woman, so that one list serves both.
_SURNAMES = _words(
    "Абрамов Агеев Аксёнов Алфёров Антипов Артёмьев Афанасьев Бакиев Балашов Баринов Березин "
    "Бобылёв Булгаков Бурцев Валеев Васильев Вершинин Видяев Виноградов Воронцов Гаврилин "
    "Гайнутдинов Галиев Герасимов Глазунов Голубев Горбунов Горшков Грачёв Губарев Давлетов "
    "Демьянов Добрынин Дорофеев Дружинин Евсеев Егоров Емельянов Ершов Жилин Журавлёв Завьялов "
    "Зайцев Закиров Зимин Золотарёв Зубков Ибрагимов Игнатов Ильин Исаев Казаков Калинин "
    "Камалов Каримов Киселёв Климов Ковалёв Колесников Комаров Корнилов Кочетов Краснов Крылов "
    "Кудряшов Лаптев Ларин Латыпов Логинов Лосев Лыткин Майоров Макаров Мамонтов Маслов "
    "Меркулов Миронов Муратов Наумов Нестеров Никонов Носов Овчинников Озеров Орехов Осипов "
    "Пахомов Пестов Платонов Поляков Пономарёв Прохоров Пушкарёв Рогов Родионов Рожков Русаков "
    "Савин Садыков Самойлов Сафин Селезнёв Серов Сизов Соболев Суханов Сычёв Тарасов Терентьев "
    "Титов Трофимов Тюрин Уваров Усманов Устинов Фадеев Филатов Фомин Хабибуллин Харитонов "
    "Хохлов Цветков Чернов Чижов Шадрин Шарипов Шестаков Шилов Щербаков Юдин Юсупов Яковлев Яшин"
)
_MEN = _words(
    "Александр Алексей Анатолий Андрей Антон Артур Борис Вадим Василий Виктор Виталий Геннадий "
    "Денис Дамир Егор Игорь Ильдар Кирилл Константин Леонид Максим Марат Михаил Никита Николай "
    "Павел Ренат Роман Руслан Семён Станислав Степан Тимофей Фёдор Эдуард Юрий Ян Ярослав"
)
_WOMEN = _words(
    "Александра Алёна Алина Алия Алла Анастасия Валентина Вера Галина Гузель Дарья Диана Елена "
    "Жанна Зинаида Инна Карина Кристина Ксения Лариса Лейла Любовь Людмила Майя Надежда Наталья "
    "Оксана Полина Регина Резеда Светлана Татьяна Ульяна Эльмира Юлия Яна"
)
_FATHERS = _words(
    "Александров Алексеев Андреев Антонов Борисов Викторов Витальев Геннадьев Денисов Иванов "
    "Ильдаров Кириллов Леонидов Маратов Михайлов Николаев Олегов Павлов Романов Русланов "
    "Семёнов Сергеев Степанов Фёдоров Эдуардов Юрьев"
)
_FORMS = ("ООО", "ООО", "ООО", "АО", "ПК", "ИП", "Завод", "ТД", "Фабрика")
_FIRST = _words(
    "Альфа Арсенал Берёзовый Вектор Вест Волжский Восток Гамма Дельта Дубрава Европа Заречный "
    "Импульс Каскад Кедр Клён Лазурь Лесной Луч Магистраль Маяк Мир Невский Новый Океан Орион "
    "Парус Первый Полярный Престиж Ракурс Родник Русский Северный Сигма Сосна Союз Спектр "
    "Старый Стимул Техно Титан Урал Фаворит Феникс Формат Центр Эверест Элит Южный Янтарь"
)
_SECOND = _words(
    "Двор Дом Древ Комплект Лес Маркет Мастер Мебель Мост Окна Панель Паркет Плюс Проект Ресурс "
    "Сервис Снаб Столяр Строй Тара Тех Торг Уют Фасад Цех Шпон"
)
_CITIES = _words(
    "Казань Пермь Самара Уфа Киров Пенза Тула Тверь Рязань Омск Томск Курск Орёл Псков Вологда "
    "Кострома Ижевск Саранск Чебоксары Воронеж Липецк Тамбов Калуга Брянск Сургут Тюмень"
)
_STREETS = ("Лесная", "Заводская", "Садовая", "Кленовая", "Речная", "Мастеровая", "Полевая")
_POSITIONS = (
    "директор", "главный инженер", "начальник снабжения", "механик", "технолог", "закупки",
    "мастер цеха", "главный бухгалтер", "секретарь",
)  # fmt: skip
_SOURCES = ("заявка с сайта", "выставка", "рекомендация", "справочник предприятий", "каталог")
_TAGS = ("станки", "сервис", "монтаж", "инструмент", "запчасти", "тендер", "лизинг")
_MACHINES = (
    "фрезерный станок", "токарный станок", "кромочный станок", "раскроечный центр", "рейсмус",
    "шлифовальный станок", "пресс", "стружкоотсос",
)  # fmt: skip
_STEPS = {
    StepKind.CALL: ("Узнать решение: {what}", "Перезвонить про {what}", "Согласовать срок: {what}"),
    StepKind.EMAIL: ("Отправить предложение: {what}", "Выслать смету: {what}"),
    StepKind.MEETING: ("Показать в работе: {what}", "Переговоры о цене: {what}"),
    StepKind.VISIT: ("Замер под {what}", "Осмотр перед сервисом: {what}"),
    StepKind.OTHER: ("Подготовить расчёт: {what}",),
}
_KINDS = tuple(_STEPS)
_KIND_WEIGHTS = (60, 20, 8, 8, 4)
_SAID = (
    "Просил смету на {what}, бюджет {sum} 000 ₽.",
    "Обсудили {what}: срок устраивает, цена {sum} 000 ₽ пока нет.",
    "Отправила предложение, {what}, {sum} 000 ₽ с доставкой.",
    "Думает. Что держит? Ждёт решения директора про {what}.",
    "Первый разговор. Нужен {what}, к лету, оплата по счёту.",
    "Оплата {sum} 000 ₽ пришла, назвала дату отгрузки.",
)
_CHANNELS = (Channel.CALL, Channel.CALL, Channel.EMAIL, Channel.MEETING, Channel.MESSAGE)
_ROLES = tuple(Role)
_WHERE = ("day", "month", "closed", "later", "left_behind", "to_spread", "tray")
_WHERE_WEIGHTS = (50, 30, 12, 3, 2, 1, 2)
_HOURS = tuple(time(hour, minute) for hour in range(9, 18) for minute in (0, 10, 25, 40, 55))


def generated_dossiers(
    count: int, today: date, is_working: IsWorking, seed: int = 1
) -> Iterator[Dossier]:
    """``count`` varied clients, each with three contacts in its history.

    The same arguments give the same dossiers, uids included.
    """
    crowd = _Crowd(Days(today, is_working), Random(seed))  # noqa: S311 - nothing is secret here
    for number in range(count):
        yield crowd.dossier(number)


class _Crowd:
    def __init__(self, days: Days, random: Random) -> None:
        self._random = random
        # A calendar is asked once for each day, not once for each dossier.
        self._past = [days.ago(count) for count in range(_LONGEST_AGO + 1)]
        run = run_of_days(days.today)
        self._run = [day for day in run if day == days.today or days.working(day, DAY) == day]
        self._this_month = Month.of(days.today)
        self._laid: Counter[date | str] = Counter()

    def dossier(self, number: int) -> Dossier:
        random = self._random
        person = self._person(number)
        history = self._history(person)
        place, step = self._place(), None
        if place not in (TRAY, CLOSED):
            step = self._step()
        made = Dossier(
            uid=self._uid(),
            company=self._company(person),
            category=Category.PARTNER if random.random() < 0.1 else Category.END_CUSTOMER,
            source=random.choice(_SOURCES),
            tags=random.sample(_TAGS, random.randrange(3)),
            people=[person],
            contact_points=[self._point(ContactKind.ADDRESS, self._address())],
            place=place,
            step=step,
            history=history,
            created_on=history[-1].at.date(),
        )
        if place == CLOSED:
            made.closed_on, made.closed_reason = history[0].at.date(), "Купили у других"
        return made

    def _person(self, number: int) -> Person:
        random = self._random
        surname, father = random.choice(_SURNAMES), random.choice(_FATHERS)
        man = random.random() < 0.5
        # Counted, not drawn: two clients with one number would be a duplicate.
        code, rest = 900 + number % 100, number // 100 % 10_000
        writing = random.choice(("+7 {} 000-{}-{}", "8 ({}) 000-{}-{}", "8{}000{}{}"))
        phone = writing.format(code, f"{rest // 100:02}", f"{rest % 100:02}")
        return Person(
            uid=self._uid(),
            surname=surname if man else f"{surname}а",
            given=random.choice(_MEN if man else _WOMEN),
            patronymic=f"{father}{'ич' if man else 'на'}",
            position=random.choice(_POSITIONS),
            role=random.choice(_ROLES),
            main=True,
            contact_points=[
                self._point(ContactKind.PHONE, phone),
                self._point(ContactKind.EMAIL, f"client{number}@example.ru"),
            ],
        )

    def _company(self, person: Person) -> str:
        form = self._random.choice(_FORMS)
        if form == "ИП":
            return f"ИП {person.surname}"
        return f"{form} «{self._random.choice(_FIRST)} {self._random.choice(_SECOND)}»"

    def _address(self) -> str:
        city, street = self._random.choice(_CITIES), self._random.choice(_STREETS)
        return f"{city}, ул. {street}, {self._random.randrange(1, 150)}"

    def _point(self, kind: ContactKind, value: str) -> ContactPoint:
        return ContactPoint(kind, value, uid=self._uid())

    def _history(self, person: Person) -> list[HistoryEntry]:
        agos = sorted(self._random.sample(range(1, _LONGEST_AGO + 1), 3))
        return [self._entry(self._past[ago], person) for ago in agos]

    def _entry(self, day: date, person: Person) -> HistoryEntry:
        random = self._random
        said = random.choice(_SAID)
        return HistoryEntry(
            uid=self._uid(),
            at=datetime.combine(day, random.choice(_HOURS)).astimezone(),
            channel=random.choice(_CHANNELS),
            direction=random.choice((Direction.IN, Direction.OUT)),
            text=said.format(what=random.choice(_MACHINES), sum=random.randrange(50, 990)),
            person_uid=person.uid,
        )

    def _step(self) -> NextStep:
        random = self._random
        kind = random.choices(_KINDS, _KIND_WEIGHTS)[0]
        fixed = random.random() < 0.2
        return NextStep(
            kind=kind,
            text=random.choice(_STEPS[kind]).format(what=random.choice(_MACHINES)),
            time=random.choice(_HOURS) if fixed else None,
            minutes=USUAL_MINUTES[kind],
            fixed=fixed,
        )

    def _place(self) -> Place:
        """Half of the clients under the days of the run, as long as there is room; what
        finds none goes to a month."""
        random = self._random
        match random.choices(_WHERE, _WHERE_WEIGHTS)[0]:
            case "day":
                day = random.choice(self._run)
                if self._has_room(day):
                    return day_place(day)
            case "left_behind" if self._has_room("left_behind"):
                return day_place(random.choice(self._past[1 : _LEFT_BEHIND + 1]))
            case "to_spread" if self._has_room("to_spread"):
                return month_place(self._this_month)
            case "tray" if self._has_room("tray"):
                return TRAY
            case "later":
                return month_place(self._month_ahead(MONTHS_AHEAD + 1, 3 * MONTHS_AHEAD))
            case "closed":
                return CLOSED
        month = self._month_ahead(1, MONTHS_AHEAD)
        if month == self._this_month.plus(1) or random.random() < 0.5:
            return month_place(month)  # a date in the next month may be one of the run
        return day_place(month.first_day.replace(day=random.randrange(1, 29)))

    def _has_room(self, divider: date | str) -> bool:
        self._laid[divider] += 1
        return self._laid[divider] <= DAY_LIMIT

    def _month_ahead(self, nearest: int, farthest: int) -> Month:
        return self._this_month.plus(self._random.randint(nearest, farthest))

    def _uid(self) -> str:
        return str(uuid.UUID(int=self._random.getrandbits(128), version=4))
