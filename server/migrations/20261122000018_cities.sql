-- Where companies are at home: Kazakhstan, its regions, and the cities of its classifier of places (KATO), in every installation
-- and not only in the demo. Places that are there already stay as they are.
insert into places (id, parent_id, kind, slug, name_ru, name_kk, name_en, lat_e6, lng_e6, path)
with new as materialized (select gen_random_uuid() as id)
select id, null, 'country', 'kazakhstan', 'Казахстан', 'Қазақстан', 'Kazakhstan', 48019600, 66923700, array[id] from new
on conflict (slug) do nothing;

insert into places (id, parent_id, kind, slug, name_ru, name_kk, name_en, lat_e6, lng_e6, path)
with new as materialized (
    select gen_random_uuid() as id, * from (values
        ('abai-region', 'Область Абай', 'Абай облысы', 'Abai Region', 48900000, 80000000),
        ('akmola-region', 'Акмолинская область', 'Ақмола облысы', 'Akmola Region', 51920000, 69410000),
        ('aktobe-region', 'Актюбинская область', 'Ақтөбе облысы', 'Aktobe Region', 48600000, 58500000),
        ('almaty-region', 'Алматинская область', 'Алматы облысы', 'Almaty Region', 43870000, 77060000),
        ('atyrau-region', 'Атырауская область', 'Атырау облысы', 'Atyrau Region', 47500000, 52500000),
        ('west-kazakhstan-region', 'Западно-Казахстанская область', 'Батыс Қазақстан облысы', 'West Kazakhstan Region', 49600000, 50500000),
        ('zhambyl-region', 'Жамбылская область', 'Жамбыл облысы', 'Zhambyl Region', 44200000, 72300000),
        ('zhetysu-region', 'Область Жетісу', 'Жетісу облысы', 'Zhetysu Region', 45020000, 78380000),
        ('karaganda-region', 'Карагандинская область', 'Қарағанды облысы', 'Karaganda Region', 49000000, 74000000),
        ('kostanay-region', 'Костанайская область', 'Қостанай облысы', 'Kostanay Region', 51500000, 64000000),
        ('kyzylorda-region', 'Кызылординская область', 'Қызылорда облысы', 'Kyzylorda Region', 45300000, 63800000),
        ('mangystau-region', 'Мангистауская область', 'Маңғыстау облысы', 'Mangystau Region', 43800000, 53200000),
        ('pavlodar-region', 'Павлодарская область', 'Павлодар облысы', 'Pavlodar Region', 52100000, 76500000),
        ('north-kazakhstan-region', 'Северо-Казахстанская область', 'Солтүстік Қазақстан облысы', 'North Kazakhstan Region', 54200000, 69400000),
        ('turkistan-region', 'Туркестанская область', 'Түркістан облысы', 'Turkistan Region', 43100000, 68500000),
        ('ulytau-region', 'Область Ұлытау', 'Ұлытау облысы', 'Ulytau Region', 48000000, 67500000),
        ('east-kazakhstan-region', 'Восточно-Казахстанская область', 'Шығыс Қазақстан облысы', 'East Kazakhstan Region', 48900000, 84000000)
    ) as region (slug, name_ru, name_kk, name_en, lat_e6, lng_e6)
)
select new.id, country.id, 'region', new.slug, new.name_ru, new.name_kk, new.name_en, new.lat_e6, new.lng_e6, country.path || new.id
from new join places country on country.slug = 'kazakhstan'
on conflict (slug) do nothing;

-- The demo knew Karkaraly as a point on the way.
update places set kind = 'city' where slug = 'karkaraly' and kind = 'point';

-- The gorge has the slug "kaskelen".
insert into places (id, parent_id, kind, slug, name_ru, name_kk, name_en, lat_e6, lng_e6, path)
with new as materialized (
    select gen_random_uuid() as id, * from (values
        ('kazakhstan', 'almaty', 'Алматы', 'Алматы', 'Almaty', 43238000, 76945200),
        ('kazakhstan', 'astana', 'Астана', 'Астана', 'Astana', 51169400, 71449100),
        ('kazakhstan', 'shymkent', 'Шымкент', 'Шымкент', 'Shymkent', 42341700, 69590100),
        ('kazakhstan', 'baikonur', 'Байконур', 'Байқоңыр', 'Baikonur', 45616700, 63316700),
        ('abai-region', 'semey', 'Семей', 'Семей', 'Semey', 50411100, 80227500),
        ('abai-region', 'ayagoz', 'Аягоз', 'Аягөз', 'Ayagoz', 47964500, 80434400),
        ('abai-region', 'kurchatov', 'Курчатов', 'Курчатов', 'Kurchatov', 50755600, 78538600),
        ('abai-region', 'shar', 'Шар', 'Шар', 'Shar', 49587200, 81048800),
        ('akmola-region', 'kokshetau', 'Кокшетау', 'Көкшетау', 'Kokshetau', 53283300, 69383300),
        ('akmola-region', 'akkol', 'Акколь', 'Ақкөл', 'Akkol', 51993600, 70945800),
        ('akmola-region', 'atbasar', 'Атбасар', 'Атбасар', 'Atbasar', 51805800, 68357500),
        ('akmola-region', 'derzhavinsk', 'Державинск', 'Державин', 'Derzhavinsk', 51097200, 66318800),
        ('akmola-region', 'yereymentau', 'Ерейментау', 'Ерейментау', 'Yereymentau', 51621100, 73104400),
        ('akmola-region', 'yesil', 'Есиль', 'Есіл', 'Yesil', 51955000, 66408400),
        ('akmola-region', 'kosshy', 'Косшы', 'Қосшы', 'Kosshy', 50965000, 71360000),
        ('akmola-region', 'makinsk', 'Макинск', 'Макинск', 'Makinsk', 52632900, 70419100),
        ('akmola-region', 'stepnogorsk', 'Степногорск', 'Степногор', 'Stepnogorsk', 52350600, 71881600),
        ('akmola-region', 'stepnyak', 'Степняк', 'Степняк', 'Stepnyak', 52834900, 70788600),
        ('akmola-region', 'shchuchinsk', 'Щучинск', 'Щучинск', 'Shchuchinsk', 52935900, 70189000),
        ('aktobe-region', 'aktobe', 'Актобе', 'Ақтөбе', 'Aktobe', 50283900, 57167000),
        ('aktobe-region', 'alga', 'Алга', 'Алға', 'Alga', 49902800, 57333600),
        ('aktobe-region', 'kandyagash', 'Кандыагаш', 'Қандыағаш', 'Kandyagash', 49472200, 57417800),
        ('aktobe-region', 'temir', 'Темир', 'Темір', 'Temir', 49143600, 57126900),
        ('aktobe-region', 'khromtau', 'Хромтау', 'Хромтау', 'Khromtau', 50250300, 58434700),
        ('aktobe-region', 'shalkar', 'Шалкар', 'Шалқар', 'Shalkar', 47833600, 59600600),
        ('aktobe-region', 'emba', 'Эмба', 'Ембі', 'Emba', 48829800, 58150400),
        ('aktobe-region', 'zhem', 'Жем', 'Жем', 'Zhem', 48780000, 58070000),
        ('almaty-region', 'konaev', 'Конаев', 'Қонаев', 'Konaev', 43866700, 77063000),
        ('almaty-region', 'esik', 'Есик', 'Есік', 'Esik', 43355300, 77452500),
        ('almaty-region', 'kaskelen-city', 'Каскелен', 'Қаскелең', 'Kaskelen', 43200000, 76620000),
        ('almaty-region', 'talgar', 'Талгар', 'Талғар', 'Talgar', 43303300, 77240800),
        ('almaty-region', 'alatau', 'Алатау', 'Алатау', 'Alatau', 43680000, 77120000),
        ('atyrau-region', 'atyrau', 'Атырау', 'Атырау', 'Atyrau', 47116700, 51883300),
        ('atyrau-region', 'kulsary', 'Кульсары', 'Құлсары', 'Kulsary', 46953100, 54019800),
        ('west-kazakhstan-region', 'oral', 'Уральск', 'Орал', 'Oral', 51246000, 51425600),
        ('west-kazakhstan-region', 'aksay', 'Аксай', 'Ақсай', 'Aksay', 51167500, 53035300),
        ('zhambyl-region', 'taraz', 'Тараз', 'Тараз', 'Taraz', 42900000, 71366700),
        ('zhambyl-region', 'zhanatas', 'Жанатас', 'Жаңатас', 'Zhanatas', 43566700, 69750000),
        ('zhambyl-region', 'karatau', 'Каратау', 'Қаратау', 'Karatau', 43180600, 70460800),
        ('zhambyl-region', 'shu', 'Шу', 'Шу', 'Shu', 43598300, 73761400),
        ('zhetysu-region', 'taldykorgan', 'Талдыкорган', 'Талдықорған', 'Taldykorgan', 45015600, 78373900),
        ('zhetysu-region', 'zharkent', 'Жаркент', 'Жаркент', 'Zharkent', 44162800, 79997500),
        ('zhetysu-region', 'sarkan', 'Саркан', 'Сарқан', 'Sarkan', 45413900, 79917200),
        ('zhetysu-region', 'tekeli', 'Текели', 'Текелі', 'Tekeli', 44861400, 78772900),
        ('zhetysu-region', 'usharal', 'Ушарал', 'Үшарал', 'Usharal', 46169700, 80939400),
        ('zhetysu-region', 'ushtobe', 'Уштобе', 'Үштөбе', 'Ushtobe', 45251400, 77980000),
        ('karaganda-region', 'karaganda', 'Караганда', 'Қарағанды', 'Karaganda', 49804700, 73109400),
        ('karaganda-region', 'abai', 'Абай', 'Абай', 'Abai', 49631400, 72859200),
        ('karaganda-region', 'balkhash', 'Балхаш', 'Балқаш', 'Balkhash', 46848100, 74995000),
        ('karaganda-region', 'karkaraly', 'Каркаралинск', 'Қарқаралы', 'Karkaraly', 49413300, 75474400),
        ('karaganda-region', 'priozersk', 'Приозёрск', 'Приозерск', 'Priozersk', 46031100, 73702500),
        ('karaganda-region', 'saran', 'Сарань', 'Саран', 'Saran', 49802500, 72831900),
        ('karaganda-region', 'temirtau', 'Темиртау', 'Теміртау', 'Temirtau', 50054900, 72964600),
        ('karaganda-region', 'shakhtinsk', 'Шахтинск', 'Шахтинск', 'Shakhtinsk', 49710000, 72587200),
        ('kostanay-region', 'kostanay', 'Костанай', 'Қостанай', 'Kostanay', 53214400, 63624600),
        ('kostanay-region', 'arkalyk', 'Аркалык', 'Арқалық', 'Arkalyk', 50248600, 66911400),
        ('kostanay-region', 'zhitikara', 'Житикара', 'Жітіқара', 'Zhitikara', 52190800, 61200000),
        ('kostanay-region', 'lisakovsk', 'Лисаковск', 'Лисаков', 'Lisakovsk', 52544900, 62498900),
        ('kostanay-region', 'rudny', 'Рудный', 'Рудный', 'Rudny', 52972900, 63116800),
        ('kostanay-region', 'tobyl', 'Тобыл', 'Тобыл', 'Tobyl', 53206700, 63700400),
        ('kyzylorda-region', 'kyzylorda', 'Кызылорда', 'Қызылорда', 'Kyzylorda', 44852800, 65509200),
        ('kyzylorda-region', 'aral', 'Аральск', 'Арал', 'Aral', 46783300, 61666700),
        ('kyzylorda-region', 'kazaly', 'Казалинск', 'Қазалы', 'Kazaly', 45762500, 62107500),
        ('mangystau-region', 'aktau', 'Актау', 'Ақтау', 'Aktau', 43653200, 51197500),
        ('mangystau-region', 'zhanaozen', 'Жанаозен', 'Жаңаөзен', 'Zhanaozen', 43341200, 52861900),
        ('mangystau-region', 'fort-shevchenko', 'Форт-Шевченко', 'Форт-Шевченко', 'Fort-Shevchenko', 44508300, 50262500),
        ('pavlodar-region', 'pavlodar', 'Павлодар', 'Павлодар', 'Pavlodar', 52287100, 76973300),
        ('pavlodar-region', 'aksu', 'Аксу', 'Ақсу', 'Aksu', 52040000, 76927000),
        ('pavlodar-region', 'ekibastuz', 'Экибастуз', 'Екібастұз', 'Ekibastuz', 51723700, 75322900),
        ('north-kazakhstan-region', 'petropavl', 'Петропавловск', 'Петропавл', 'Petropavl', 54875300, 69162800),
        ('north-kazakhstan-region', 'bulaev', 'Булаево', 'Булаев', 'Bulaev', 54906000, 70441600),
        ('north-kazakhstan-region', 'mamlyut', 'Мамлютка', 'Мамлют', 'Mamlyut', 54937500, 68538600),
        ('north-kazakhstan-region', 'sergeev', 'Сергеевка', 'Сергеев', 'Sergeev', 53881400, 67408800),
        ('north-kazakhstan-region', 'tayynsha', 'Тайынша', 'Тайынша', 'Tayynsha', 53847800, 69764700),
        ('turkistan-region', 'turkistan', 'Туркестан', 'Түркістан', 'Turkistan', 43297300, 68251800),
        ('turkistan-region', 'arys', 'Арысь', 'Арыс', 'Arys', 42430200, 68808700),
        ('turkistan-region', 'zhetisay', 'Жетысай', 'Жетісай', 'Zhetisay', 40776300, 68327700),
        ('turkistan-region', 'kentau', 'Кентау', 'Кентау', 'Kentau', 43516900, 68504600),
        ('turkistan-region', 'lenger', 'Ленгер', 'Леңгір', 'Lenger', 42181500, 69885800),
        ('turkistan-region', 'saryagash', 'Сарыагаш', 'Сарыағаш', 'Saryagash', 41455600, 69171900),
        ('turkistan-region', 'shardara', 'Шардара', 'Шардара', 'Shardara', 41258300, 67969900),
        ('ulytau-region', 'zhezkazgan', 'Жезказган', 'Жезқазған', 'Zhezkazgan', 47804300, 67714400),
        ('ulytau-region', 'satbayev', 'Сатпаев', 'Сәтбаев', 'Satbayev', 47900000, 67533300),
        ('ulytau-region', 'karazhal', 'Каражал', 'Қаражал', 'Karazhal', 48007800, 70792200),
        ('east-kazakhstan-region', 'oskemen', 'Усть-Каменогорск', 'Өскемен', 'Oskemen', 49948300, 82627500),
        ('east-kazakhstan-region', 'altay', 'Алтай', 'Алтай', 'Altay', 49725600, 84266700),
        ('east-kazakhstan-region', 'zaysan', 'Зайсан', 'Зайсан', 'Zaysan', 47466600, 84871400),
        ('east-kazakhstan-region', 'ridder', 'Риддер', 'Риддер', 'Ridder', 50344100, 83512800),
        ('east-kazakhstan-region', 'serebryansk', 'Серебрянск', 'Серебрянск', 'Serebryansk', 49684000, 83296800),
        ('east-kazakhstan-region', 'shemonaikha', 'Шемонаиха', 'Шемонайха', 'Shemonaikha', 50628900, 81910600)
    ) as city (lies_in, slug, name_ru, name_kk, name_en, lat_e6, lng_e6)
)
select new.id, parent.id, 'city', new.slug, new.name_ru, new.name_kk, new.name_en, new.lat_e6, new.lng_e6, parent.path || new.id
from new join places parent on parent.slug = new.lies_in
on conflict (slug) do nothing;
